using System.Net;
using System.Text;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class SessionTests(EngineFixture fixture)
{
    [Fact]
    public async Task Exec_returns_output_errors_and_the_exit_code()
    {
        var id = await fixture.RunAsync("sleep 600");
        await using var session = await fixture.Client.ExecAsync(
            id,
            new ExecSpec
            {
                Command = ["sh", "-c", "echo $WORD; pwd; id -u; echo wrong >&2; exit 5"],
                Environment = [new("WORD", "said")],
                WorkingDirectory = "/var",
                User = "65534",
            });

        Assert.Equal(("said\n/var\n65534\n", "wrong\n"), await ReadAsync(session));
        Assert.Equal(5, await session.ExitCodeAsync());
    }

    [Fact]
    public async Task Exec_reads_its_input_to_the_end_and_answers_afterwards()
    {
        var id = await fixture.RunAsync("sleep 600");
        await using var session = await fixture.Client.ExecAsync(id, new ExecSpec { Command = ["wc", "-c"], Stdin = true });

        await session.WriteInputAsync(new byte[100_000]);
        await session.WriteInputAsync("tail"u8.ToArray());
        await session.CloseInputAsync();

        Assert.Equal(("100004\n", ""), await ReadAsync(session));
        Assert.Equal(0, await session.ExitCodeAsync());
    }

    [Fact]
    public async Task A_terminal_has_the_size_that_it_was_given()
    {
        var id = await fixture.RunAsync("sleep 600");
        await using var session = await fixture.Client.ExecAsync(
            id, new ExecSpec { Command = ["sh", "-c", "read go; stty size"], Stdin = true, Tty = true });

        await session.ResizeAsync(columns: 123, rows: 45);
        await session.WriteInputAsync("go\n"u8.ToArray());

        var (output, error) = await ReadAsync(session);
        Assert.Contains("45 123", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Attach_joins_the_first_process()
    {
        var id = await fixture.RunAsync("read word; echo got $word; exit 9", spec => spec with { OpenStdin = true, StdinOnce = true });
        await using var session = await fixture.Client.AttachAsync(id, new AttachSpec(Stdin: true, Stdout: true, Stderr: true));

        await session.WriteInputAsync("hello\n"u8.ToArray());

        Assert.Equal(("got hello\n", ""), await ReadAsync(session));
        Assert.Equal(9, await session.ExitCodeAsync());
    }

    [Fact]
    public async Task Exec_in_a_container_that_does_not_run_is_refused()
    {
        var id = await fixture.RunAsync("true");
        await fixture.Client.WaitContainerAsync(id);

        var refused = await Assert.ThrowsAsync<DockerApiException>(() => fixture.Client.ExecAsync(id, new ExecSpec { Command = ["true"] }));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("not running", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_to_nothing_is_refused()
    {
        var refused = await Assert.ThrowsAsync<DockerApiException>(
            () => fixture.Client.AttachAsync("no-such-container", new AttachSpec(false, true, true)));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static async Task<(string Out, string Err)> ReadAsync(IProcessSession session)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (output, error) = (new StringBuilder(), new StringBuilder());
        await foreach (var frame in session.ReadOutputAsync(deadline.Token))
        {
            (frame.Stream == OutputStream.Stderr ? error : output).Append(Encoding.UTF8.GetString(frame.Data.Span));
        }

        return (output.ToString(), error.ToString());
    }
}
