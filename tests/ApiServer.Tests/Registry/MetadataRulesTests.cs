using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Registry;

public sealed class MetadataRulesTests
{
    private static readonly ObjectMeta Good = new() { Name = "a", Namespace = "n", Uid = "u" };
    private static readonly ResourceKind<ConfigMap> Kind = new Plain<ConfigMap>();

    public static TheoryData<string, ObjectMeta> Wrong { get; } = new()
    {
        { "metadata.name: Required value: name or generateName is required", Good with { Name = null } },
        { "metadata.name: Invalid value: \"A_\"", Good with { Name = "A_" } },
        { "metadata.name: Invalid value: \"a/b\": may not contain '/'", Good with { Name = "a/b" } },
        { "metadata.generateName: Invalid value: \"-a-\"", Good with { GenerateName = "-a-" } },
        { "metadata.namespace: Required value", Good with { Namespace = "" } },
        { "metadata.namespace: Invalid value: \"N\"", Good with { Namespace = "N" } },
        { "metadata.generation: Invalid value: -1", Good with { Generation = -1 } },
        { "metadata.labels: Invalid value: \"a b\"", Good with { Labels = Map("a b", "c") } },
        { "metadata.labels: Invalid value: \"-c\"", Good with { Labels = Map("a", "-c") } },
        { "metadata.annotations: Invalid value: \"a b\"", Good with { Annotations = Map("a b", "c") } },
        { "metadata.annotations: Too long", Good with { Annotations = Map("a", new string('x', 300_000)) } },
        { "metadata.ownerReferences[0].uid: Invalid value: \"\"", Good with { OwnerReferences = [new() { ApiVersion = "v1", Kind = "Pod", Name = "p" }] } },
        { "metadata.ownerReferences: Invalid value: \"Pod/p, Pod/q\": Only one reference", Good with { OwnerReferences = [Owner("p"), Owner("q")] } },
        { "metadata.finalizers: Invalid value: \"nonsense\": name is neither", Good with { Finalizers = ["nonsense"] } },
        { "metadata.finalizers: Invalid value: \"orphan, foregroundDeletion\"", Good with { Finalizers = ["orphan", "foregroundDeletion"] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Names_what_is_wrong(string begins, ObjectMeta metadata) =>
        Assert.StartsWith(begins, Assert.Single(MetadataRules.Validate(metadata, Kind)).ToString());

    [Fact]
    public void Finds_nothing_wrong_with_good_metadata()
    {
        Assert.Empty(MetadataRules.Validate(Good, Kind));
        Assert.Empty(MetadataRules.Validate(
            Good with { GenerateName = "job-", Finalizers = ["orphan", "example.com/x"], Labels = Map("app.kubernetes.io/name", ""), OwnerReferences = [Owner("p")] }, Kind));
        Assert.Empty(MetadataRules.Validate(Good with { Namespace = null }, new Plain<Node>()));
        Assert.Equal("metadata.namespace", Assert.Single(MetadataRules.Validate(Good, new Plain<Node>())).Field);
    }

    [Fact]
    public void Changes_that_may_not_be_are_named()
    {
        var errors = MetadataRules.ValidateUpdate(Good with { Name = "b", Namespace = "m", Uid = "v", DeletionTimestamp = DateTimeOffset.UnixEpoch }, Good);
        Assert.Equal(["metadata.name", "metadata.namespace", "metadata.uid", "metadata.deletionTimestamp"], errors.Select(error => error.Field));
    }

    [Fact]
    public void No_finalizer_comes_to_an_object_that_is_being_deleted()
    {
        var marked = Good with { DeletionTimestamp = DateTimeOffset.UnixEpoch, Finalizers = ["e.io/a"] };
        Assert.Equal("metadata.finalizers", Assert.Single(MetadataRules.ValidateUpdate(marked with { Finalizers = ["e.io/a", "e.io/b"] }, marked)).Field);
        Assert.Empty(MetadataRules.ValidateUpdate(marked with { Finalizers = [] }, marked));
    }

    [Fact]
    public void What_a_client_leaves_out_or_may_not_set_is_carried_over()
    {
        var existing = Good with { CreationTimestamp = DateTimeOffset.UnixEpoch, Generation = 3, DeletionTimestamp = DateTimeOffset.UnixEpoch, DeletionGracePeriodSeconds = 30 };
        var carried = MetadataRules.CarryOver(new ObjectMeta { Labels = Map("a", "b"), Generation = 9, CreationTimestamp = DateTimeOffset.MaxValue }, existing);
        Assert.Equal(("a", "n", "u", 3L, 30L), (carried.Name, carried.Namespace, carried.Uid, carried.Generation, carried.DeletionGracePeriodSeconds));
        Assert.Equal((DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), (carried.CreationTimestamp, carried.DeletionTimestamp));
        Assert.Equal("b", carried.Labels["a"]);
    }

    private static OwnerReference Owner(string name) => new() { ApiVersion = "v1", Kind = "Pod", Name = name, Uid = "u", Controller = true };

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };

    private sealed class Plain<T> : ResourceKind<T> where T : class, Api.Declarations.IResource<T>;
}
