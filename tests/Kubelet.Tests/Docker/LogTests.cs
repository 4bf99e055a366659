using System.Text;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class LogTests(EngineFixture fixture)
{
    [Fact]
    public async Task Output_and_errors_are_told_apart()
    {
        var id = await fixture.RunAsync("echo out; echo err >&2");
        await fixture.Client.WaitContainerAsync(id);

        Assert.Equal(("out\n", "err\n"), await ReadAsync(id, new LogRequest()));
        Assert.Equal(("out\n", ""), await ReadAsync(id, new LogRequest { Stderr = false }));
        Assert.Equal(("", "err\n"), await ReadAsync(id, new LogRequest { Stdout = false }));
    }

    [Fact]
    public async Task A_terminals_output_is_one_stream()
    {
        var id = await fixture.RunAsync("echo out; echo err >&2", spec => spec with { Tty = true });
        await fixture.Client.WaitContainerAsync(id);

        Assert.Equal(("out\r\nerr\r\n", ""), await ReadAsync(id, new LogRequest()));
    }

    [Fact]
    public async Task Following_goes_on_until_the_container_ends()
    {
        var id = await fixture.RunAsync("echo begin; trap 'echo end; exit 0' TERM; while :; do sleep 600 & wait $!; done");
        var seen = new StringBuilder();
        await foreach (var frame in fixture.Client.ReadLogsAsync(id, new LogRequest { Follow = true }))
        {
            seen.Append(Encoding.UTF8.GetString(frame.Data.Span));
            if (seen.ToString() == "begin\n")
            {
                await fixture.Client.KillContainerAsync(id, "TERM");
            }
        }

        Assert.Equal("begin\nend\n", seen.ToString());
    }

    [Fact]
    public async Task Tail_and_timestamps_and_since_choose_lines()
    {
        var id = await fixture.RunAsync("echo one; sleep 1.2; echo two; echo three");
        await fixture.Client.WaitContainerAsync(id);

        Assert.Equal("two\nthree\n", (await ReadAsync(id, new LogRequest { Tail = 2 })).Out);
        Assert.Equal("", (await ReadAsync(id, new LogRequest { Tail = 0 })).Out);
        var stamped = (await ReadAsync(id, new LogRequest { Timestamps = true })).Out.Split('\n');
        Assert.Equal(["one", "two", "three"], stamped[..3].Select(line => line.Split(' ', 2)[1]));

        // The engine writes nanoseconds; parsing rounds them to ticks of a hundred, perhaps upwards.
        var second = DateTimeOffset.Parse(stamped[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture).AddTicks(-1);
        Assert.Equal("two\nthree\n", (await ReadAsync(id, new LogRequest { Since = second })).Out);
    }

    [Fact]
    public async Task A_long_output_arrives_whole()
    {
        var id = await fixture.RunAsync("seq 1 50000");
        await fixture.Client.WaitContainerAsync(id);

        var expected = string.Concat(Enumerable.Range(1, 50_000).Select(number => $"{number}\n"));
        Assert.Equal(expected, (await ReadAsync(id, new LogRequest())).Out);
    }

    private async Task<(string Out, string Err)> ReadAsync(string id, LogRequest request)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        await foreach (var frame in fixture.Client.ReadLogsAsync(id, request))
        {
            (frame.Stream == OutputStream.Stderr ? error : output).Append(Encoding.UTF8.GetString(frame.Data.Span));
        }

        return (output.ToString(), error.ToString());
    }
}
