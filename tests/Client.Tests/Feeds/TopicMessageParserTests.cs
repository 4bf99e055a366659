using System.Text;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Tests.Feeds;

public sealed class TopicMessageParserTests
{
    [Theory]
    [InlineData("k", "{}", "type=put revision=9 position=9.0 previous-revision=5 after=8.1 content-type=application/json", "Change 9 after 8.1 k 9.0 5 Whole")]
    [InlineData("k", "{}", "type=put revision=9 position=9.0", "Change 9 after  k 9.0  Elsewhere")]
    [InlineData("k", null, "type=delete revision=9 position=9.3 previous-revision=5", "Change 9 after  k 9.3 5 Gone")]
    [InlineData("x", "{}", "type=progress revision=9 after=8.0", "Progress 9 after 8.0")]
    [InlineData("x", "{}", "type=resync revision=9", "Resync 9 after ")]
    [InlineData("k", "{}", "type=put revision=9", null)]
    [InlineData("k", "{}", "type=put revision=9 position=8.0", null)]
    [InlineData("k", "{}", "type=put revision=x position=9.0", null)]
    [InlineData("k", "{}", "type=put revision=-9 position=-9.0", null)]
    [InlineData("k", "{}", "type=put revision=99999999999999999999 position=9.0", null)]
    [InlineData("k", null, "type=put revision=9 position=9.0", null)]
    [InlineData("k", "{}", "type=delete revision=9 position=9.0", null)]
    [InlineData("", "{}", "type=put revision=9 position=9.0", null)]
    [InlineData(null, "{}", "type=put revision=9 position=9.0", null)]
    [InlineData("k", "{}", "type=other revision=9", null)]
    [InlineData("k", "{}", "", null)]
    public void Headers_decide_what_a_message_is(string? key, string? value, string headers, string? expected)
    {
        var record = new TopicRecord(
            key is null ? null : Encoding.UTF8.GetBytes(key),
            value is null ? null : Encoding.UTF8.GetBytes(value),
            0,
            null,
            headers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => Encoding.ASCII.GetBytes(pair[1])));

        Assert.Equal(expected, Text(TopicMessageParser.Parse(record)));
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] names = ["type", "revision", "position", "after", "previous-revision", "content-type"];
        string[] values = ["put", "delete", "9", "9.0", "9.", ".", "", "\u0000", "ÿ", "9999999999999999999999.1"];
        for (var i = 0; i < 2000; i++)
        {
            var headers = names.Where(_ => random.Next(4) > 0).ToDictionary(name => name, _ => Encoding.Latin1.GetBytes(values[random.Next(values.Length)]));
            var bytes = new byte[random.Next(20)];
            random.NextBytes(bytes);

            var message = TopicMessageParser.Parse(new TopicRecord(bytes, random.Next(2) == 0 ? null : bytes, i, null, headers));

            Assert.True(message is null || message.Revision == 9, $"seed {seed}, message {i}: {message}");
        }
    }

    private static string? Text(TopicMessage? message) => message switch
    {
        null => null,
        TopicMessage.Change change =>
            $"Change {change.Revision} after {change.After} {change.Key} {change.Position} {change.Previous} {change.Body.GetType().Name}",
        _ => $"{message.GetType().Name} {message.Revision} after {message.After}",
    };
}
