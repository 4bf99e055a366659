using System.Text.Json.Nodes;
using MiniK8s.Api.Patching;

namespace MiniK8s.Api.Tests.Patching;

public class JsonMergePatchTests
{
    // The cases of RFC 7396, appendix A, that have an object on both sides, and some of ours.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":null,"c":2}}""", """{"a":{"c":2}}""")]
    public void Patches_apply(string document, string patch, string expected) =>
        Assert.Equal(expected, JsonMergePatch.Apply(Object(document), Object(patch)).ToJsonString());

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", """{}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":3}""", """{"a":3,"b":null}""")]
    [InlineData("""{"a":{"x":1,"y":2}}""", """{"a":{"x":1}}""", """{"a":{"y":null}}""")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", """{"a":[1,2]}""")]
    public void A_created_patch_makes_one_of_the_other(string original, string modified, string patch)
    {
        Assert.Equal(patch, JsonMergePatch.Create(Object(original), Object(modified)).ToJsonString());
        Assert.Equal(modified, JsonMergePatch.Apply(Object(original), Object(patch)).ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":5}""", """{"a":1,"b":2,"c":3}""", """{"b":null,"a":5}""")]
    [InlineData("""{"s":{"x":1,"y":1}}""", """{"s":{"x":1}}""", """{"s":{"x":2,"y":1,"z":1}}""", """{"s":{"y":null,"x":1}}""")]
    [InlineData("""{}""", """{"a":1}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1}""", """{"a":1,"b":1}""", """{}""")]
    public void What_others_set_stays(string original, string modified, string current, string patch) =>
        Assert.Equal(patch, JsonMergePatch.CreateThreeWay(Object(original), Object(modified), Object(current)).ToJsonString());

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
