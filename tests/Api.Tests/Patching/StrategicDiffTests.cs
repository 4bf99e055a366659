using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Patching;
using MiniK8s.Api.Schemas;

namespace MiniK8s.Api.Tests.Patching;

public class StrategicDiffTests(ITestOutputHelper output)
{
    private static readonly Schema Pod = Schema.Of<Pod>();

    [Theory]
    [InlineData("""{"spec":{"nodeName":"a"}}""", """{"spec":{"nodeName":"a"}}""", """{}""")]
    [InlineData("""{"spec":{"nodeName":"a","hostname":"h"}}""", """{"spec":{"nodeName":"b"}}""", """{"spec":{"nodeName":"b","hostname":null}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a","image":"x"}]}}""", """{"spec":{"containers":[{"name":"a","image":"y"}]}}""", """{"spec":{"containers":[{"image":"y","name":"a"}],"$setElementOrder/containers":[{"name":"a"}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""", """{"spec":{"containers":[{"name":"b"}]}}""", """{"spec":{"containers":[{"$patch":"delete","name":"a"}],"$setElementOrder/containers":[{"name":"b"}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""", """{"spec":{"containers":[{"name":"b"},{"name":"a"}]}}""", """{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}""")]
    [InlineData("""{"spec":{"tolerations":[{"key":"a"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""", """{"spec":{"tolerations":[{"key":"b"}]}}""")]
    [InlineData("""{"metadata":{"finalizers":["a","b"]}}""", """{"metadata":{"finalizers":["b","c"]}}""", """{"metadata":{"finalizers":["c"],"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["b","c"]}}""")]
    [InlineData("""{"spec":{"volumes":[{"name":"v","emptyDir":{}}]}}""", """{"spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}}""", """{"spec":{"volumes":[{"hostPath":{"path":"/x"},"emptyDir":null,"$retainKeys":["hostPath","name"],"name":"v"}],"$setElementOrder/volumes":[{"name":"v"}]}}""")]
    [InlineData("""{"spec":{"containers":[]}}""", """{"spec":{"containers":[{"name":"a"}]}}""", """{"spec":{"containers":[{"name":"a"}]}}""")]
    public void A_two_way_patch_says_what_changed(string original, string modified, string patch)
    {
        Assert.Equal(patch, StrategicDiff.CreateTwoWay(Object(original), Object(modified), Pod).ToJsonString());
        Assert.True(JsonNode.DeepEquals(Object(modified), StrategicMergePatch.Apply(Object(original), Object(patch), Pod)));
    }

    [Theory]
    [InlineData("what others set stays", """{"spec":{"a":1}}""", """{"metadata":{"labels":{"a":"2"}}}""", """{"metadata":{"labels":{"a":"1","o":"x"}},"spec":{"nodeName":"n"}}""", """{"spec":null,"metadata":{"labels":{"a":"2"}}}""")]
    [InlineData("a field that was applied and is gone is deleted", """{"spec":{"hostname":"h","nodeName":"n"}}""", """{"spec":{"nodeName":"n"}}""", """{"spec":{"hostname":"h","nodeName":"n","dnsPolicy":"Default"}}""", """{"spec":{"hostname":null}}""")]
    [InlineData("nothing to do", """{"spec":{"nodeName":"n"}}""", """{"spec":{"nodeName":"n"}}""", """{"spec":{"nodeName":"n","hostname":"h"}}""", """{}""")]
    [InlineData("an item that was applied and is gone is deleted, one of others stays", """{"spec":{"containers":[{"name":"a"},{"name":"b"}]}}""", """{"spec":{"containers":[{"name":"a","image":"x"}]}}""", """{"spec":{"containers":[{"name":"o"},{"name":"a"},{"name":"b"}]}}""", """{"spec":{"containers":[{"image":"x","name":"a"},{"$patch":"delete","name":"b"}],"$setElementOrder/containers":[{"name":"a"}]}}""")]
    [InlineData("deletions and changes of one item join", """{"spec":{"containers":[{"name":"a","image":"x","tty":true}]}}""", """{"spec":{"containers":[{"name":"a","image":"y"}]}}""", """{"spec":{"containers":[{"name":"a","image":"x","tty":true}]}}""", """{"spec":{"containers":[{"tty":null,"name":"a","image":"y"}],"$setElementOrder/containers":[{"name":"a"}]}}""")]
    public void A_three_way_patch(string what, string original, string modified, string current, string patch)
    {
        var made = StrategicDiff.CreateThreeWay(Object(original), Object(modified), Object(current), Pod).ToJsonString();
        Assert.True(patch == made, $"{what}:\n{made}\nwanted\n{patch}");
    }

    [Fact]
    public void Two_ports_of_one_number_are_no_change()
    {
        var service = Object("""{"spec":{"ports":[{"name":"dns","port":53,"protocol":"UDP"},{"name":"dns-tcp","port":53,"protocol":"TCP"}]}}""");
        Assert.Equal("{}", StrategicDiff.CreateTwoWay(service, (JsonObject)service.DeepClone(), Schema.Of<Service>()).ToJsonString());
    }

    /// <summary>Recorded from kubectl 1.32 (apply of a service that lost a port and got a target port).</summary>
    [Fact]
    public void The_patch_of_a_service_is_the_one_that_kubectl_sends()
    {
        var original = Object("""{"spec":{"ports":[{"name":"a","port":80},{"name":"b","port":81}],"selector":{"x":"y"}}}""");
        var modified = Object("""{"spec":{"ports":[{"name":"a","port":80,"targetPort":8080}],"selector":{"x":"z"}}}""");
        var current = Object("""{"spec":{"type":"ClusterIP","selector":{"x":"y"},"ports":[{"name":"a","port":80,"protocol":"TCP","targetPort":80},{"name":"b","port":81,"protocol":"TCP","targetPort":81}]}}""");
        var sent = Object("""{"spec":{"$setElementOrder/ports":[{"port":80}],"ports":[{"port":80,"targetPort":8080},{"$patch":"delete","port":81}],"selector":{"x":"z"}}}""");
        var made = StrategicDiff.CreateThreeWay(original, modified, current, Schema.Of<Service>());
        Assert.True(JsonNode.DeepEquals(sent, made), made.ToJsonString());
    }

    [Fact]
    public void Applying_the_made_patch_makes_the_modified_object()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var (one, other) = (RandomPod(random), RandomPod(random));
            var patch = StrategicDiff.CreateTwoWay(one, other, Pod);
            var patched = StrategicMergePatch.Apply(one, patch, Pod);
            Assert.True(JsonNode.DeepEquals(other, patched), $"seed {seed}, round {round}\n{one.ToJsonString()}\n{other.ToJsonString()}\n{patch.ToJsonString()}\n{patched.ToJsonString()}");
            var applied = StrategicMergePatch.Apply(one, StrategicDiff.CreateThreeWay(one, other, one, Pod), Pod);
            Assert.True(JsonNode.DeepEquals(other, applied), $"three ways: seed {seed}, round {round}\n{applied.ToJsonString()}");
        }
    }

    [Fact]
    public void What_was_applied_once_needs_no_second_patch()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            var (original, modified, current) = (RandomPod(random), RandomPod(random), RandomPod(random));
            var applied = StrategicMergePatch.Apply(current, StrategicDiff.CreateThreeWay(original, modified, current, Pod), Pod);
            var again = StrategicDiff.CreateThreeWay(modified, modified, applied, Pod);
            Assert.True(again.Count == 0, $"seed {seed}, round {round}\n{original.ToJsonString()}\n{modified.ToJsonString()}\n{current.ToJsonString()}\n{applied.ToJsonString()}\n{again.ToJsonString()}");
        }
    }

    private static JsonObject RandomPod(Random random) => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = Labels(random), ["finalizers"] = new JsonArray([.. Some(random, "f").Select(name => JsonValue.Create(name))]) },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray([.. Some(random, "c").Select(name => Container(random, name))]),
            ["volumes"] = new JsonArray([.. Some(random, "v").Select(name => Volume(random, name))]),
            ["tolerations"] = new JsonArray([.. Some(random, "t").Select(key => new JsonObject { ["key"] = key })]),
        },
    };

    private static JsonObject Labels(Random random)
    {
        var labels = new JsonObject();
        foreach (var key in Some(random, "l")) labels[key] = $"{random.Next(2)}";
        return labels;
    }

    private static JsonObject Container(Random random, string name)
    {
        var container = new JsonObject { ["name"] = name };
        if (random.Next(2) == 0) container["image"] = $"i{random.Next(2)}";
        container["env"] = new JsonArray([.. Some(random, "E").Select(key => new JsonObject { ["name"] = key, ["value"] = $"{random.Next(2)}" })]);
        return container;
    }

    private static JsonObject Volume(Random random, string name) => random.Next(2) == 0
        ? new JsonObject { ["name"] = name, ["emptyDir"] = new JsonObject() }
        : new JsonObject { ["name"] = name, ["hostPath"] = new JsonObject { ["path"] = $"/{random.Next(2)}" } };

    private static IEnumerable<string> Some(Random random, string prefix)
    {
        var names = Enumerable.Range(0, 5).Select(i => $"{prefix}{i}").ToArray();
        random.Shuffle(names);
        return names.Take(random.Next(5));
    }

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
