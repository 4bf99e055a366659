using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Tests.Requests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("1.5s", 1.5)]
    [InlineData("1m30s", 90)]
    [InlineData("2h", 7200)]
    public void Durations_are_read(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse("--timeout", text));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("-1s")]
    [InlineData("soon")]
    [InlineData("1s1m")]
    public void Other_texts_are_refused(string text) => Assert.Contains($"\"{text}\"", Assert.Throws<CommandException>(() => DurationText.Parse("--timeout", text)).Message, StringComparison.Ordinal);
}
