using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

public sealed class OutputFramesTests
{
    [Fact]
    public async Task Frames_of_both_streams_come_in_order_and_empty_ones_do_not()
    {
        var frames = await ReadAsync([1, 0, 0, 0, 0, 0, 0, 2, 65, 66, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 67], tty: false);

        Assert.Equal([(OutputStream.Stdout, "AB"), (OutputStream.Stderr, "C")], frames);
    }

    [Fact]
    public async Task A_terminals_bytes_come_as_they_are() =>
        Assert.Equal([(OutputStream.Stdout, "\u0001A")], await ReadAsync([1, 65], tty: true));

    [Theory]
    [InlineData(new byte[] { 1, 0, 0 }, "3 bytes of a frame's header")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 5, 65 }, "4 bytes before the end")]
    public async Task A_stream_that_breaks_off_is_an_error(byte[] bytes, string told)
    {
        var broken = await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(bytes, tty: false));

        Assert.Contains(told, broken.Message, StringComparison.Ordinal);
    }

    private static async Task<List<(OutputStream, string)>> ReadAsync(byte[] bytes, bool tty)
    {
        using var stream = new MemoryStream(bytes);
        var frames = new List<(OutputStream, string)>();
        await foreach (var frame in OutputFrames.ReadAsync(stream, tty))
        {
            frames.Add((frame.Stream, System.Text.Encoding.UTF8.GetString(frame.Data.Span)));
        }

        return frames;
    }
}
