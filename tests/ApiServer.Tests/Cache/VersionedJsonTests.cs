using System.Text;
using System.Text.Json;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Tests.Cache;

public sealed class VersionedJsonTests
{
    [Theory]
    [InlineData("""{"metadata":{}}""", """{"metadata":{"resourceVersion":"42"}}""")]
    [InlineData("""{"kind":"Pod","metadata":{"name":"a"},"spec":{}}""", """{"kind":"Pod","metadata":{"resourceVersion":"42","name":"a"},"spec":{}}""")]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"7","uid":"u"}}""", """{"metadata":{"name":"a","resourceVersion":"42","uid":"u"}}""")]
    [InlineData("""{"spec":{"metadata":{"name":"inner"}},"metadata":{"name":"a"}}""", """{"spec":{"metadata":{"name":"inner"}},"metadata":{"resourceVersion":"42","name":"a"}}""")]
    [InlineData("""{"metadata":{"labels":{"resourceVersion":"no"}}}""", """{"metadata":{"resourceVersion":"42","labels":{"resourceVersion":"no"}}}""")]
    public void Puts_the_version_into_the_metadata(string stored, string wanted)
    {
        var json = VersionedJson.Of(Encoding.UTF8.GetBytes(stored), 42);
        Assert.Equal(wanted, Text(json.Bytes));
        using var document = JsonDocument.Parse(json.Bytes);
        Assert.Equal(document.RootElement.GetProperty("metadata").GetRawText(), Text(json.Metadata));
        Assert.Equal(wanted.Replace("42", "1234567"), Text(json.At(1234567).Bytes));
        Assert.Equal(wanted, Text(json.At(1234567).At(42).Bytes));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","labels":{"x":"y"}}}""", """{"x":"y"}""")]
    [InlineData("""{"metadata":{"labels":{"x":"y"},"resourceVersion":"7"}}""", """{"x":"y"}""")]
    [InlineData("""{"metadata":{"resourceVersion":"7","labels":{"x":"y"}}}""", """{"x":"y"}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"labels":{"x":"y"}}}""", "")]
    [InlineData("""{"metadata":{"labels":null}}""", "")]
    public void Finds_the_labels_through_every_splice(string stored, string labels)
    {
        var json = VersionedJson.Of(Encoding.UTF8.GetBytes(stored), 42);
        Assert.Equal(labels, Text(json.Labels));
        Assert.Equal(labels, Text(json.At(12345).Labels));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"metadata":1}""")]
    [InlineData("""{"metadata":{"name":"a"}""")]
    [InlineData("""{"metadata":{"name":"a"}}x""")]
    [InlineData("not json")]
    public void Refuses_what_is_no_object(string stored) =>
        Assert.ThrowsAny<JsonException>(() => VersionedJson.Of(Encoding.UTF8.GetBytes(stored), 42));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
