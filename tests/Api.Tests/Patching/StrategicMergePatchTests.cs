using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Patching;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.Patching;

public class StrategicMergePatchTests
{
    private const string Two = """{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""";

    [Theory]
    [InlineData("merges items by key", Two, """{"spec":{"containers":[{"name":"b","image":"z"}]}}""", """{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"z"}]}}""")]
    [InlineData("adds an item before those it does not name", Two, """{"spec":{"containers":[{"name":"c","image":"z"}]}}""", """{"spec":{"containers":[{"name":"c","image":"z"},{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""")]
    [InlineData("deletes an item", Two, """{"spec":{"containers":[{"$patch":"delete","name":"a"}]}}""", """{"spec":{"containers":[{"name":"b","image":"y"}]}}""")]
    [InlineData("deletes an item that is not there", Two, """{"spec":{"containers":[{"$patch":"delete","name":"q"}]}}""", Two)]
    [InlineData("replaces a list", Two, """{"spec":{"containers":[{"$patch":"replace"},{"name":"c"}]}}""", """{"spec":{"containers":[{"name":"c"}]}}""")]
    [InlineData("replaces a map", Two, """{"spec":{"$patch":"replace","nodeName":"n"}}""", """{"spec":{"nodeName":"n"}}""")]
    [InlineData("deletes a map's fields", Two, """{"spec":{"$patch":"delete"}}""", """{"spec":{}}""")]
    [InlineData("merges a map where it says so", Two, """{"spec":{"$patch":"merge","nodeName":"n"}}""", """{"spec":{"containers":[{"name":"a","image":"x"},{"name":"b","image":"y"}],"nodeName":"n"}}""")]
    [InlineData("deletes by null", """{"metadata":{"labels":{"a":"1","b":"2"}}}""", """{"metadata":{"labels":{"a":null,"c":"3"}}}""", """{"metadata":{"labels":{"b":"2","c":"3"}}}""")]
    [InlineData("drops nulls and directives of what is new", """{}""", """{"metadata":{"labels":{"a":null,"c":"3"},"$retainKeys":["labels"]},"spec":{"containers":[{"name":"a","$patch":"delete"},{"name":"b","image":null}]}}""", """{"metadata":{"labels":{"c":"3"}},"spec":{"containers":[{"name":"b"}]}}""")]
    [InlineData("drops nulls of an item that is new", Two, """{"spec":{"containers":[{"name":"c","image":null,"args":["x"]}]}}""", """{"spec":{"containers":[{"name":"c","args":["x"]},{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""")]
    [InlineData("replaces an atomic list", """{"spec":{"tolerations":[{"key":"a"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""")]
    [InlineData("merges a list of plain values", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["b","c"]}}""", """{"metadata":{"finalizers":["a","b","c"]}}""")]
    [InlineData("deletes from a list of plain values", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a","q"]}}""", """{"metadata":{"finalizers":["b"]}}""")]
    [InlineData("deletes and adds plain values in order", """{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]}}""", """{"metadata":{"finalizers":["c","b"]}}""")]
    [InlineData("sets the order", Two, """{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"b","image":"y"},{"name":"a","image":"x"}]}}""")]
    [InlineData("sets the order of changed items", Two, """{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"b"}],"containers":[{"name":"c"}]}}""", """{"spec":{"containers":[{"name":"c"},{"name":"a","image":"x"},{"name":"b","image":"y"}]}}""")]
    [InlineData("keeps the server's items at their places", """{"spec":{"containers":[{"name":"a"},{"name":"s"},{"name":"b"}]}}""", """{"spec":{"$setElementOrder/containers":[{"name":"a"},{"name":"b"},{"name":"c"}],"containers":[{"name":"c"}]}}""", """{"spec":{"containers":[{"name":"a"},{"name":"s"},{"name":"b"},{"name":"c"}]}}""")]
    [InlineData("orders and deletes", Two, """{"spec":{"$setElementOrder/containers":[{"name":"b"}],"containers":[{"name":"a","$patch":"delete"}]}}""", """{"spec":{"containers":[{"name":"b","image":"y"}]}}""")]
    [InlineData("retains keys", """{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", """{"spec":{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]}}""", """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}}""")]
    [InlineData("retains keys and deletes one", """{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", """{"spec":{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"emptyDir":null,"hostPath":{"path":"/x"}}]}}""", """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}}""")]
    [InlineData("replaces a value of another form", """{"metadata":{"labels":"x"}}""", """{"metadata":{"labels":{"a":"b"}}}""", """{"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData("merges nested lists", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}]}]}}""", """{"spec":{"containers":[{"name":"a","env":[{"name":"Y","value":null,"valueFrom":{}}]}]}}""", """{"spec":{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","valueFrom":{}}]}]}}""")]
    [InlineData("replaces lists inside maps without schema", """{"metadata":{"managedFields":[{"fieldsV1":{"a":[1]}}]}}""", """{"metadata":{"managedFields":[{"fieldsV1":{"a":[2]}}]}}""", """{"metadata":{"managedFields":[{"fieldsV1":{"a":[2]}}]}}""")]
    public void A_patch_of_a_pod(string what, string document, string patch, string expected)
    {
        var (before, change) = (Object(document), Object(patch));
        var result = StrategicMergePatch.Apply(before, change, Schema.Of<Pod>()).ToJsonString();
        Assert.True(expected == result, $"{what}:\n{result}\nwanted\n{expected}");
        Assert.Equal((document, patch), (before.ToJsonString(), change.ToJsonString()));
    }

    [Fact]
    public void Ports_of_a_service_merge_by_their_number()
    {
        var service = Object("""{"spec":{"ports":[{"name":"http","port":80,"protocol":"TCP"},{"name":"tls","port":443}]}}""");
        var patched = StrategicMergePatch.Apply(service, Object("""{"spec":{"ports":[{"port":80,"targetPort":8080},{"port":443,"$patch":"delete"}]}}"""), Schema.Of<Service>());
        Assert.Equal("""{"spec":{"ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080}]}}""", patched.ToJsonString());
    }

    [Theory]
    [InlineData("""{"spec":{"$patch":"frob"}}""", "unknown $patch directive \"frob\"")]
    [InlineData("""{"spec":{"$patch":1}}""", "$patch must be text, got 1")]
    [InlineData("""{"spec":{"containers":[{"image":"x"}]}}""", "map: {\"image\":\"x\"} does not contain declared merge key: name")]
    [InlineData("""{"spec":{"containers":[{"$patch":"delete"}]}}""", "does not contain declared merge key: name")]
    [InlineData("""{"spec":{"containers":[{"$patch":"merge","name":"a"}]}}""", "$patch: \"merge\" makes no sense in a list")]
    [InlineData("""{"spec":{"containers":["a"]}}""", "holds \"a\", which is no object")]
    [InlineData("""{"spec":{"$retainKeys":["containers"],"nodeName":"n"}}""", "does not name \"nodeName\"")]
    [InlineData("""{"spec":{"$retainKeys":"x"}}""", "$retainKeys must be a list of keys")]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"a"},{"name":"b"}]}}""", "The order in patch list")]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"a"}],"containers":[{"name":"c"}]}}""", "The order in patch list")]
    [InlineData("""{"spec":{"$setElementOrder/tolerations":[]}}""", "is no list that merges")]
    [InlineData("""{"spec":{"$deleteFromPrimitiveList/x":1}}""", "must be a list")]
    public void Patches_without_sense_are_refused(string patch, string error)
    {
        var refused = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(Object(Two), Object(patch), Schema.Of<Pod>()));
        Assert.Equal(PatchFailure.Malformed, refused.Failure);
        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_merges_in_time_that_grows_with_its_length()
    {
        static JsonObject Long(string value) => new() { ["spec"] = new JsonObject { ["containers"] = new JsonArray([.. Enumerable.Range(0, 50_000).Select(i => new JsonObject { ["name"] = $"c{i}", ["image"] = value })]) } };
        // Comparing each item with each would take minutes.
        var patched = StrategicMergePatch.Apply(Long("a"), Long("b"), Schema.Of<Pod>());
        Assert.True(JsonNode.DeepEquals(Long("b"), patched));
    }

    [Fact]
    public void Many_deletions_take_time_that_grows_with_their_number()
    {
        // Removing one by one would move what is left each time.
        JsonObject Long(string? value) => new() { ["data"] = new JsonObject(Enumerable.Range(0, 200_000).Select(i => KeyValuePair.Create($"k{i}", (JsonNode?)value))) };
        Assert.Equal("""{"data":{}}""", StrategicMergePatch.Apply(Long("a"), Long(null), Schema.Of<ConfigMap>()).ToJsonString());
        Assert.Equal("""{"data":{}}""", JsonMergePatch.Apply(Long("a"), Long(null)).ToJsonString());
    }

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
