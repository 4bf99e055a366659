using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.Schemas;

public class SchemaTests
{
    [Fact]
    public void A_schema_says_what_the_declaration_says()
    {
        var spec = Schema.Of<Service>().Field("spec")!.Schema;
        Assert.Equal("io.k8s.api.core.v1.ServiceSpec", spec.Name);
        var ports = spec.Field("ports")!;
        Assert.Equal((SchemaType.Array, ListType.Map, true, "port"), (ports.Schema.Type, ports.ListType, ports.PatchMerge, ports.PatchMergeKey));
        Assert.Equal(["port", "protocol"], ports.ListMapKeys);
        Assert.Equal([1], ports.ProtoPath);
        Assert.Equal("io.k8s.api.core.v1.ServicePort", ports.Schema.Items!.Name);
        Assert.True(ports.Schema.Items.Field("port")!.IsRequired);
        Assert.True(spec.Field("selector")!.IsAtomicMap);
        Assert.Equal(["Cluster", "Local"], spec.Field("externalTrafficPolicy")!.OneOf);
        Assert.Null(spec.Field("Ports"));
        Assert.True(Schema.Of<PodSpec>().Field("volumes")!.PatchRetainKeys);
        Assert.Equal(ListType.Set, Schema.Of<ObjectMeta>().Field("finalizers")!.ListType);
        Assert.Same(Schema.Time, Schema.Of<ObjectMeta>().Field("creationTimestamp")!.Schema);
    }

    [Fact]
    public void Each_type_has_one_schema_and_its_Kubernetes_name()
    {
        Assert.Same(Schema.Of<Service>(), Schema.Of<Service>());
        Assert.Same(Schema.Of<ObjectMeta>(), Schema.Of<Pod>().Field("metadata")!.Schema);
        Assert.Equal("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", Schema.Of<ObjectMeta>().Name);
        Assert.Equal("io.k8s.api.core.v1.ServiceList", Schema.Of<KubeList<Service>>().Name);
        Assert.Throws<NotSupportedException>(() => Schema.Of<Uri>());
    }

    [Fact]
    public void A_schema_made_by_hand_may_contain_itself()
    {
        Schema? node = null;
        node = Schema.Object("example.com.v1.Tree", () => [new SchemaField("children", Schema.ArrayOf(node!)), new SchemaField("value", Schema.String)]);
        Assert.Same(node, node.Field("children")!.Schema.Items);
        Assert.Equal(["children", "value"], node.Fields.Select(field => field.Name));
    }

    [Theory]
    [InlineData("services", "Service")]
    [InlineData("service", "Service")]
    [InlineData("SVC", "Service")]
    [InlineData("Service", "Service")]
    [InlineData("services.v1", "Service")]
    [InlineData("services.v1.", "Service")]
    [InlineData("endpoints", "Endpoints")]
    [InlineData("ep", "Endpoints")]
    [InlineData("endpointslices.discovery.k8s.io", "EndpointSlice")]
    [InlineData("endpointslices.v1.discovery.k8s.io", "EndpointSlice")]
    [InlineData("EndpointSlice", "EndpointSlice")]
    [InlineData("lease.coordination.k8s.io", "Lease")]
    [InlineData("po", "Pod")]
    [InlineData("pods.apps", null)]
    [InlineData("nothing", null)]
    public void Kinds_are_found_under_every_name_that_a_command_line_takes(string name, string? kind) =>
        Assert.Equal(kind, ApiKinds.Table.Resolve(name)?.Info.Kind);

    [Fact]
    public void Kinds_are_found_by_version_and_by_path()
    {
        Assert.Same(ApiKinds.Of<Service>(), ApiKinds.Table.ByKind("", "v1", "Service"));
        Assert.Equal("Lease", ApiKinds.Table.ByApiVersion("coordination.k8s.io/v1", "Lease")?.Info.Kind);
        Assert.Equal("EndpointSlice", ApiKinds.Table.ByResource("discovery.k8s.io", "v1", "endpointslices")?.Info.Kind);
        Assert.Null(ApiKinds.Table.ByKind("", "v1", "service"));
        Assert.Contains(ApiKinds.Table.InCategory("all"), kind => kind.Info.Kind == "Pod");
    }
}
