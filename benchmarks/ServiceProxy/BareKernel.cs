using System.Diagnostics;
using MiniK8s.Proxy.Netlink;
using MiniK8s.TestKit.Network;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>
/// The floor: a network namespace that gets exactly the bytes that the proxy sent in another, as they are, by a bare netlink socket or
/// a bare iptables-restore.
/// </summary>
internal sealed class BareKernel : IAsyncDisposable
{
    private const int NetfilterProtocol = 12;

    private readonly NetworkNamespace inside;
    private readonly NamespaceThread thread;
    private readonly bool isNetlink;
    private NetlinkSocket? socket;

    private BareKernel(NetworkNamespace inside, NamespaceThread thread, bool isNetlink) => (this.inside, this.thread, this.isNetlink) = (inside, thread, isNetlink);

    /// <summary>Makes the namespace.</summary>
    public static async Task<BareKernel> CreateAsync(string mode)
    {
        var inside = await NetworkNamespace.CreateAsync("bare");
        try
        {
            return new BareKernel(inside, await NamespaceThread.StartAsync(inside), mode == "nftables");
        }
        catch
        {
            inside.Dispose();
            throw;
        }
    }

    /// <summary>Sends a recording once more and returns how long the kernel took to acknowledge it.</summary>
    public Task<TimeSpan> ReplayAsync(Recording recording) => thread.RunAsync(() => ReplayHere(recording));

    /// <summary>The same for several, one right after the other.</summary>
    public Task<TimeSpan[]> ReplayAsync(IReadOnlyList<Recording> recordings) => thread.RunAsync(() => recordings.Select(ReplayHere).ToArray());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await thread.RunAsync(() =>
        {
            socket?.Dispose();
            return true;
        });
        thread.Dispose();
        inside.Dispose();
    }

    private TimeSpan ReplayHere(Recording recording)
    {
        socket ??= isNetlink ? new NetlinkSocket(NetfilterProtocol) : null;
        var began = Stopwatch.GetTimestamp();
        foreach (var piece in recording.Pieces)
        {
            if (socket is null) Restore(piece);
            else socket.Send(piece.Bytes, piece.First, piece.Last);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private static void Restore(Piece script)
    {
        using var process = Process.Start(new ProcessStartInfo(Tools.Find("iptables-restore")!, ["--noflush", "--wait", "10"]) { RedirectStandardInput = true })!;
        process.StandardInput.BaseStream.Write(script.Bytes);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"the bare iptables-restore ended with {process.ExitCode}");
    }
}
