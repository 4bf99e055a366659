using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl.Tests.Manifests;

public sealed class LastAppliedTests
{
    [Fact]
    public void The_annotation_holds_the_manifest_with_its_namespace_keys_in_order_and_not_itself()
    {
        var once = LastApplied.Annotate(Parse("""{"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "x"}, "data": {"a": "<b>"}}"""), "demo");
        const string Text = """{"apiVersion":"v1","data":{"a":"\u003cb\u003e"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"x","namespace":"demo"}}""" + "\n";
        Assert.Equal(Text, (string?)once["metadata"]!["annotations"]![LastApplied.Annotation]);
        Assert.Equal(Text, (string?)LastApplied.Annotate(once, "demo")["metadata"]!["annotations"]![LastApplied.Annotation]);
        Assert.Equal("x", (string?)LastApplied.Of(once)!["metadata"]!["name"]);
    }

    [Fact]
    public void The_manifest_itself_stays_as_it_is()
    {
        var manifest = Parse("""{"metadata": {"name": "x"}}""");
        LastApplied.Annotate(manifest, "demo");
        Assert.Equal("""{"metadata":{"name":"x"}}""", manifest.ToJsonString());
    }

    [Fact]
    public void An_object_that_was_never_applied_has_none() => Assert.Null(LastApplied.Of(Parse("""{"metadata": {"annotations": {"a": "b"}}}""")));

    [Fact]
    public void Metadata_that_is_no_map_is_named() =>
        Assert.Equal("annotations must be a map", Assert.Throws<CommandException>(() => LastApplied.Annotate(Parse("""{"metadata": {"annotations": []}}"""), null)).Message);

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    public void An_annotation_that_was_spoilt_is_named(string text) =>
        Assert.Contains("remove it", Assert.Throws<CommandException>(() => LastApplied.Of(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [LastApplied.Annotation] = text } } })).Message, StringComparison.Ordinal);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
