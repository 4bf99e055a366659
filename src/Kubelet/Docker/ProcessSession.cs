using System.Runtime.CompilerServices;

namespace MiniK8s.Kubelet.Docker;

/// <summary>What differs between an exec and an attached container.</summary>
/// <param name="Tty">True when the output is one stream without headers.</param>
/// <param name="Resize">Sets columns and rows.</param>
/// <param name="ExitCode">Waits for the end.</param>
internal sealed record SessionTarget(
    bool Tty, Func<int, int, CancellationToken, Task> Resize, Func<CancellationToken, Task<int>> ExitCode);

/// <summary>A hijacked connection as the streams of a process.</summary>
internal sealed class ProcessSession(HijackedConnection connection, SessionTarget target, DockerTransport transport) : IProcessSession
{
    public async IAsyncEnumerable<OutputFrame> ReadOutputAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var frames = OutputFrames.ReadAsync(connection.Stream, target.Tty, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await transport.MoveNextAsync(frames))
        {
            yield return frames.Current;
        }
    }

    public Task WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        transport.GuardAsync(
            async token =>
            {
                await connection.Stream.WriteAsync(data, token);
                await connection.Stream.FlushAsync(token);
                return true;
            },
            Timeout.InfiniteTimeSpan,
            cancellationToken);

    public Task CloseInputAsync(CancellationToken cancellationToken = default)
    {
        connection.CloseInput();
        return Task.CompletedTask;
    }

    public Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken = default) => target.Resize(columns, rows, cancellationToken);

    public Task<int> ExitCodeAsync(CancellationToken cancellationToken = default) => target.ExitCode(cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
