using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.OpenApi;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.OpenApi;

public class OpenApiDocumentTests
{
    private static readonly byte[] Core = Build(ApiKinds.Table.All.Where(kind => kind.Info.Group.Length == 0));
    private static readonly JsonNode Document = JsonNode.Parse(Core)!;

    [Fact]
    public void The_patch_of_a_kind_says_what_kubectl_asks_before_it_applies()
    {
        var patch = Document["paths"]!["/api/v1/namespaces/{namespace}/services/{name}"]!["patch"]!;
        Assert.Equal("""{"group":"","kind":"Service","version":"v1"}""", patch["x-kubernetes-group-version-kind"]!.ToJsonString());
        Assert.Equal("patch", (string?)patch["x-kubernetes-action"]);
        Assert.NotNull(patch["requestBody"]!["content"]!["application/strategic-merge-patch+json"]);
        Assert.Equal(["dryRun", "fieldManager", "fieldValidation", "force"], patch["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]));
    }

    [Fact]
    public void Schemas_carry_what_merging_needs()
    {
        var service = Component("io.k8s.api.core.v1.Service");
        Assert.Equal("""[{"group":"","kind":"Service","version":"v1"}]""", service["x-kubernetes-group-version-kind"]!.ToJsonString());
        Assert.Equal(["apiVersion", "kind", "metadata", "spec", "status"], service["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(
            """{"type":"array","items":{"allOf":[{"$ref":"#/components/schemas/io.k8s.api.core.v1.ServicePort"}]},"x-kubernetes-list-map-keys":["port","protocol"],"x-kubernetes-list-type":"map","x-kubernetes-patch-merge-key":"port","x-kubernetes-patch-strategy":"merge"}""",
            Component("io.k8s.api.core.v1.ServiceSpec")["properties"]!["ports"]!.ToJsonString());
        Assert.Equal("merge,retainKeys", (string?)Component("io.k8s.api.core.v1.PodSpec")["properties"]!["volumes"]!["x-kubernetes-patch-strategy"]);
        Assert.Equal("atomic", (string?)Component("io.k8s.api.core.v1.ServiceSpec")["properties"]!["selector"]!["x-kubernetes-map-type"]);
        Assert.Equal("int-or-string", (string?)Component("io.k8s.apimachinery.pkg.util.intstr.IntOrString")["format"]);
        Assert.Equal("""["port"]""", Component("io.k8s.api.core.v1.ServicePort")["required"]!.ToJsonString());
        Assert.Equal("ServiceList", (string?)Component("io.k8s.api.core.v1.ServiceList")["x-kubernetes-group-version-kind"]![0]!["kind"]);
    }

    [Fact]
    public void Every_reference_has_its_component()
    {
        var components = Document["components"]!["schemas"]!.AsObject();
        var references = References(Document).ToHashSet();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(components.ContainsKey(reference["#/components/schemas/".Length..]), reference));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own()
    {
        var names = Document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(entry => entry.Key != "parameters"))
            .Select(operation => (string)operation.Value!["operationId"]!).ToList();
        Assert.Equal(names.Distinct().Count(), names.Count);
        Assert.Contains("createCoreV1NamespacedService", names);
        Assert.Contains("listCoreV1ServiceForAllNamespaces", names);
        Assert.Contains("replaceCoreV1NamespacedServiceStatus", names);
        Assert.Contains("readCoreV1Node", names);
    }

    [Fact]
    public void Only_what_is_served_is_listed()
    {
        var resource = new OpenApiResource(ApiKinds.Of<Binding>()) { Verbs = ["create"] };
        var paths = JsonNode.Parse(OpenApiDocument.Build("v1", [resource]))!["paths"]!.AsObject();
        var only = Assert.Single(paths);
        Assert.Equal("/api/v1/namespaces/{namespace}/bindings", only.Key);
        Assert.Equal(["parameters", "post"], only.Value!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public void Kinds_of_run_time_are_described_like_built_in_ones()
    {
        var info = new Api.Declarations.KindInfo("example.com", "v1", "Widget", "widgets", "widget", true);
        var schema = Schema.Object("com.example.v1.Widget", () => [new SchemaField("spec", Schema.Object(null, () => [new SchemaField("size", Schema.Int32) { IsRequired = true }], preservesUnknownFields: true))]);
        var list = Schema.Object("com.example.v1.WidgetList", () => [new SchemaField("items", Schema.ArrayOf(schema))]);
        var document = JsonNode.Parse(OpenApiDocument.Build("v1", [new OpenApiResource(new ApiKind(info, schema, list))]))!;
        Assert.NotNull(document["paths"]!["/apis/example.com/v1/namespaces/{namespace}/widgets/{name}"]!["patch"]);
        Assert.Equal(
            """{"type":"object","required":["size"],"properties":{"size":{"type":"integer","format":"int32"}},"x-kubernetes-preserve-unknown-fields":true}""",
            document["components"]!["schemas"]!["com.example.v1.Widget"]!["properties"]!["spec"]!.ToJsonString());
    }

    [Fact]
    public void Equal_input_gives_equal_bytes_and_the_index_names_them_by_hash()
    {
        Assert.Equal(Core, Build(ApiKinds.Table.All.Where(kind => kind.Info.Group.Length == 0)));
        var discovery = Build([ApiKinds.Of<EndpointSlice>()]);
        var index = JsonNode.Parse(OpenApiDocument.BuildIndex(new Dictionary<string, byte[]> { ["apis/discovery.k8s.io/v1"] = discovery, ["api/v1"] = Core }))!["paths"]!.AsObject();
        Assert.Equal(["api/v1", "apis/discovery.k8s.io/v1"], index.Select(path => path.Key));
        Assert.Equal($"/openapi/v3/api/v1?hash={OpenApiDocument.Hash(Core)}", (string?)index["api/v1"]!["serverRelativeURL"]);
    }

    private static byte[] Build(IEnumerable<ApiKind> kinds) =>
        OpenApiDocument.Build("v1.32.0", kinds.Select(kind => new OpenApiResource(kind) { Subresources = [OpenApiSubresource.Status(kind)] }));

    private static JsonNode Component(string name) => Document["components"]!["schemas"]![name]!;

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry.Key == "$ref" ? [(string)entry.Value!] : References(entry.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
