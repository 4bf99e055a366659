using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

public sealed class NamespaceTests
{
    private static readonly NamespaceKind Kind = new();

    private static Namespace New => Kind.Created(new Namespace { Metadata = new() { Name = "shop" }, Status = new() { Phase = "Terminating" } });

    [Fact]
    public void A_new_one_is_active_labelled_and_held_by_its_finalizer()
    {
        Assert.Equal(("Active", "shop", "kubernetes"), (New.Status!.Phase, New.Metadata.Labels["kubernetes.io/metadata.name"], Assert.Single(New.Spec!.Finalizers)));
        Assert.True(Kind.HoldsDeletion(New));
        Assert.False(Kind.HoldsDeletion(New with { Spec = new() }));
        Assert.Equal("Active", Kind.Row(New)["Status"]);
        Assert.Equal("Active", Kind.SelectableFields["status.phase"](New));
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("a.b", 1)]
    [InlineData("a-1", 0)]
    public void Names_are_labels(string name, int errors) => Assert.Equal(errors, Kind.ValidateName(name, false).Count());

    [Fact]
    public void An_update_leaves_finalizers_and_status()
    {
        var (value, errors) = Kind.Update(New with { Spec = new(), Status = new() }, New);
        Assert.Empty(errors);
        Assert.Equal(("Active", 1), (value.Status!.Phase, value.Spec!.Finalizers.Count));
    }

    [Fact]
    public void The_label_tells_the_name()
    {
        var renamed = New with { Metadata = New.Metadata with { Labels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "other" } } };
        Assert.Equal("metadata.labels[kubernetes.io/metadata.name]", Assert.Single(Kind.Update(renamed, New).Errors).Field);
    }

    [Fact]
    public void Deletion_shows_in_the_phase_and_the_phase_agrees_with_deletion()
    {
        var deleted = Kind.PrepareForDeletion(New with { Metadata = New.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } });
        Assert.Equal("Terminating", deleted.Status!.Phase);
        Assert.Empty(Kind.ValidateStatusUpdate(deleted, deleted));
        Assert.Equal("status.Phase", Assert.Single(Kind.ValidateStatusUpdate(New, deleted)).Field);
        Assert.Equal("status.Phase", Assert.Single(Kind.ValidateStatusUpdate(deleted, New)).Field);
    }

    [Fact]
    public void They_are_not_deleted_by_the_dozen() => Assert.False(Kind.DeletesCollections);

    [Theory]
    [InlineData("default", true)]
    [InlineData("kube-system", true)]
    [InlineData("kube-public", true)]
    [InlineData("kube-node-lease", false)]
    [InlineData("shop", false)]
    public void Some_may_not_be_deleted(string name, bool refused) =>
        Assert.Equal(refused ? "this namespace may not be deleted" : null, Kind.RefusesDeletion(new() { Metadata = new() { Name = name } }));
}
