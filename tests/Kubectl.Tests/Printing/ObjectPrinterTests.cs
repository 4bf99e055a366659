using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Tests.Printing;

public sealed class ObjectPrinterTests
{
    private static JsonObject Value => (JsonObject)JsonNode.Parse("""{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a<b>&", "managedFields": [{"manager": "x"}]}}""")!;

    [Fact]
    public void Json_has_its_keys_in_order_and_no_managers() =>
        Assert.Equal("{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"Pod\",\n    \"metadata\": {\n        \"name\": \"a\\u003cb\\u003e\\u0026\"\n    }\n}\n", ObjectPrinter.Text(Value, Pod.Info, OutputFormat.Json));

    [Fact]
    public void Yaml_has_its_keys_in_order_and_no_managers() =>
        Assert.Equal("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a<b>&\n", ObjectPrinter.Text(Value, Pod.Info, OutputFormat.Yaml));

    [Fact]
    public void A_name_has_the_group_behind_its_kind() =>
        Assert.Equal("endpointslice.discovery.k8s.io/web\n", ObjectPrinter.Text(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "web" } }, EndpointSlice.Info, OutputFormat.Name));

    [Fact]
    public void Several_objects_are_a_list() =>
        Assert.Equal("apiVersion: v1\nitems:\n- a: 1\n- a: 2\nkind: List\nmetadata:\n  resourceVersion: \"\"\n", ObjectPrinter.Text([new JsonObject { ["a"] = 1 }, new JsonObject { ["a"] = 2 }], OutputFormat.Yaml));

    [Fact]
    public void No_objects_are_an_empty_list() =>
        Assert.Equal("apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n", ObjectPrinter.Text([], OutputFormat.Yaml));
}
