using System.Text;
using System.Text.Json.Nodes;
using MiniK8s.Api.Patching;

namespace MiniK8s.Api.Tests.Patching;

public class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("""{"a":[1,3]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/-","value":2}]""", """{"a":[1,2]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2]}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"","value":{"x":1}}]""", """{"x":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/a","value":{"x":1}}]""", """{"a":{"x":1}}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"replace","path":"/a/0","value":5}]""", """{"a":[5,2]}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{}}]""", """{}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"remove","path":"/a/1"}]""", """{"a":[1,3]}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a/b","path":"/c"}]""", """{"a":{},"c":1}""")]
    [InlineData("""{"a":[1,2,3]}""", """[{"op":"move","from":"/a/0","path":"/a/2"}]""", """{"a":[2,3,1]}""")]
    [InlineData("""{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("""{"a/b":1,"c~d":2}""", """[{"op":"remove","path":"/a~1b"},{"op":"test","path":"/c~0d","value":2}]""", """{"c~d":2}""")]
    [InlineData("""{"a":{"x":1,"y":2}}""", """[{"op":"test","path":"/a","value":{"y":2,"x":1}}]""", """{"a":{"x":1,"y":2}}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/none","value":null}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    public void Operations_apply_in_order(string document, string patch, string expected)
    {
        var before = (JsonObject)JsonNode.Parse(document)!;
        Assert.Equal(expected, Parse(patch).Apply(before).ToJsonString());
        Assert.Equal(document, before.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/a","value":2}]""", "operation 0 (test /a): testing value /a failed")]
    [InlineData("""[{"op":"add","path":"/x/y","value":2}]""", "operation 0 (add /x/y): there is nothing at the path \"/x/y\"")]
    [InlineData("""[{"op":"remove","path":"/b"}]""", "operation 0 (remove /b): there is nothing at the path \"/b\"")]
    [InlineData("""[{"op":"replace","path":"/b","value":1}]""", "operation 0 (replace /b): there is nothing at the path \"/b\"")]
    [InlineData("""[{"op":"add","path":"/l/5","value":1}]""", "operation 0 (add /l/5): index 5 in the path \"/l/5\" is out of bounds")]
    [InlineData("""[{"op":"add","path":"/l/01","value":1}]""", "operation 0 (add /l/01): \"01\" in the path \"/l/01\" is no index of a list")]
    [InlineData("""[{"op":"remove","path":"/l/-"}]""", "operation 0 (remove /l/-): \"-\" in the path \"/l/-\" is no index of a list")]
    [InlineData("""[{"op":"remove","path":""}]""", "the patch leaves no object")]
    [InlineData("""[{"op":"remove","path":""},{"op":"add","path":"/a","value":1}]""", "operation 1 (add /a): the document is gone")]
    [InlineData("""[{"op":"replace","path":"","value":[]}]""", "the patch leaves no object")]
    [InlineData("""[{"op":"add","path":"/m","value":{}},{"op":"move","from":"/m","path":"/m/x"}]""", "operation 1 (move /m/x): a value cannot be moved into itself")]
    [InlineData("""[{"op":"copy","from":"/b","path":"/c"}]""", "operation 0 (copy /c): there is nothing at the path \"/b\"")]
    public void Operations_that_do_not_fit_are_named(string patch, string error)
    {
        var refused = Assert.Throws<PatchException>(() => Parse(patch).Apply((JsonObject)JsonNode.Parse("""{"a":1,"l":[1]}""")!));
        Assert.Equal((PatchFailure.DoesNotApply, error), (refused.Failure, refused.Message));
    }

    [Theory]
    [InlineData("{}", "a JSON patch is a list of operations")]
    [InlineData("[1]", "operation 0 is no object")]
    [InlineData("[{}]", "operation 0 has no op")]
    [InlineData("""[{"op":"frob","path":"/a"}]""", "operation 0 has the unknown op \"frob\"; add, remove, replace, move, copy and test are known")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "operation 0 (add /a) has no value")]
    [InlineData("""[{"op":"add","value":1}]""", "operation 0 (add) has no path")]
    [InlineData("""[{"op":"copy","path":"/a"}]""", "operation 0 (copy /a) has no from")]
    [InlineData("""[{"op":"remove","path":"a"}]""", "the path \"a\" must be empty or begin with '/'")]
    [InlineData("""[{"op":1,"path":"a"}]""", "op of operation 0 is no text")]
    [InlineData("[", "the patch is not valid JSON")]
    public void Malformed_patches_are_refused(string patch, string error)
    {
        var refused = Assert.Throws<PatchException>(() => Parse(patch));
        Assert.Equal(PatchFailure.Malformed, refused.Failure);
        Assert.StartsWith(error, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_of_a_patch_is_bounded()
    {
        var many = "[" + string.Join(',', Enumerable.Repeat("""{"op":"remove","path":"/a"}""", 10_001)) + "]";
        Assert.Equal(PatchFailure.TooLarge, Assert.Throws<PatchException>(() => Parse(many)).Failure);
        var doubling = "[" + string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"op":"copy","from":"/a","path":"/a/{{i}}"}""")) + "]";
        var refused = Assert.Throws<PatchException>(() => Parse(doubling).Apply((JsonObject)JsonNode.Parse("""{"a":{"x":"y"}}""")!));
        Assert.Equal(PatchFailure.TooLarge, refused.Failure);
        Assert.Contains("more than the 3145728 allowed", refused.Message, StringComparison.Ordinal);
    }

    private static JsonPatch Parse(string patch) => JsonPatch.Parse(Encoding.UTF8.GetBytes(patch));
}
