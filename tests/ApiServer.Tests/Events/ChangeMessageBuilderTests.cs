using System.Text;
using System.Text.Json;
using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Events;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Events;

public sealed class ChangeMessageBuilderTests
{
    private const string Key = "/registry/core/configmaps/n/a";
    private const string Stored = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n"},"data":{"k":"v"}}""";

    private static readonly ChangePosition After = new(7, 2);

    private readonly ChangeMessageBuilder _builder = new(epoch: 3, largestValue: 1000);

    [Fact]
    public void A_creation_carries_the_object_with_its_version_and_no_previous_revision()
    {
        var message = _builder.Change(Event(Stored, revision: 9, created: 9), 0, After);

        Assert.Equal(Key, message.Key);
        Assert.Equal("type=put revision=9 epoch=3 after=7.2 position=9.0 previous-revision=0 content-type=application/json", Headers(message));
        using var value = JsonDocument.Parse(message.Value!);
        Assert.Equal("9", value.RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString());
        Assert.Equal("v", value.RootElement.GetProperty("data").GetProperty("k").GetString());
    }

    [Fact]
    public void An_update_names_the_keys_previous_revision_and_its_place_in_the_revision()
    {
        var message = _builder.Change(Event(Stored, revision: 9, created: 4, previous: 6), 5, After);

        Assert.Equal("type=put revision=9 epoch=3 after=7.2 position=9.5 previous-revision=6 content-type=application/json", Headers(message));
    }

    [Fact]
    public void A_deletion_is_a_tombstone()
    {
        var message = _builder.Change(Event(null, revision: 9, created: 0, previous: 6), 0, After);

        Assert.Null(message.Value);
        Assert.Equal("type=delete revision=9 epoch=3 after=7.2 position=9.0 previous-revision=6", Headers(message));
    }

    [Fact]
    public void A_change_whose_past_is_compacted_claims_no_previous_revision()
    {
        Assert.DoesNotContain("previous-revision", Headers(_builder.Change(Event(Stored, revision: 9, created: 4), 0, After)), StringComparison.Ordinal);
        Assert.DoesNotContain("previous-revision", Headers(_builder.Change(Event(null, revision: 9, created: 0), 0, After)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/registry/core/secrets/n/a", """{"kind":"Secret","metadata":{"name":"a"},"data":{"k":"czNjcjN0"}}""", "n")]
    [InlineData("/registry/core/nodes/a", "{\"metadata\":", null)]
    [InlineData("/registry/core/nodes/a", "[]", null)]
    [InlineData("/registry/core/nodes/a", "{\"metadata\":5}", null)]
    public void A_secret_and_what_is_no_object_become_references(string key, string stored, string? space)
    {
        var message = _builder.Change(Event(stored, revision: 9, created: 9, key: key), 0, After);

        Assert.Contains("content-type=application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", Headers(message), StringComparison.Ordinal);
        var scope = space is null ? "" : $"\"namespace\":\"{space}\",";
        Assert.Equal(
            $$$"""{"metadata":{{{{scope}}}"name":"a","resourceVersion":"9"},"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata"}""",
            Encoding.UTF8.GetString(message.Value!));
    }

    [Theory]
    [InlineData(800, ChangeTopic.ObjectContent)]
    [InlineData(985, ChangeTopic.ReferenceContent)]
    [InlineData(2000, ChangeTopic.ReferenceContent)]
    public void An_object_above_the_limit_becomes_a_reference(int size, string content)
    {
        var empty = """{"metadata":{"name":"a"},"data":""}""";
        var stored = empty.Insert(empty.Length - 2, new string('x', size - empty.Length));

        var message = _builder.Change(Event(stored, revision: 9, created: 9), 0, After);

        Assert.Contains(message.Headers, header => header is { Key: ChangeTopic.ContentType } && header.Value == content);
        Assert.True(message.Value!.Length <= 1000, $"{message.Value.Length} bytes");
    }

    [Fact]
    public void Markers_have_keys_that_no_object_has()
    {
        Assert.Equal(("/minik8s/progress", "type=progress revision=9 epoch=3 after=7.2"), Marker(_builder.Progress(9, After)));
        Assert.Equal(("/minik8s/resync", "type=resync revision=9 epoch=3"), Marker(_builder.Resync(9)));
        Assert.Equal(("/minik8s/progress", "type=progress revision=9 epoch=3"), Marker(_builder.Progress(9, ChangePosition.Start)));
    }

    private static (string, string) Marker(ChangeMessage message) => (message.Key, Headers(message));

    private static string Headers(ChangeMessage message) => string.Join(' ', message.Headers.Select(header => $"{header.Key}={header.Value}"));

    private static StoreEvent Event(string? value, long revision, long created, long? previous = null, string key = Key) => new(
        key,
        value is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(value),
        previous is { } was ? new StoreValue(key, Encoding.UTF8.GetBytes(Stored), was, created) : null,
        revision,
        created);
}
