using System.ComponentModel;

namespace MiniK8s.Proxy.Netlink;

/// <summary>
/// Sends many requests without waiting for the answer to each. Every request is for something (<typeparamref name="T"/>), by which
/// a refusal is told.
/// </summary>
/// <param name="socket">Where to.</param>
/// <param name="refused">Told of each request that the kernel refused.</param>
internal sealed class NetlinkPipeline<T>(NetlinkSocket socket, Action<T, Win32Exception> refused)
{
    private const int FlushLength = 32 * 1024;
    private readonly List<T> requests = [];
    private uint number = 1 << 30;

    /// <summary>Where the request that was begun last is written, with <see cref="NetlinkWriter.End"/> at its end.</summary>
    public NetlinkWriter Writer { get; } = new(FlushLength + 1024);

    /// <summary>How many bytes were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Begins a request.</summary>
    public NetlinkWriter Begin(T request, ushort type, NetlinkFlags flags)
    {
        if (Writer.Length >= FlushLength) Flush();
        requests.Add(request);
        Writer.Begin(type, flags);
        return Writer;
    }

    /// <summary>Waits until the kernel is done with all requests so far.</summary>
    public void Flush()
    {
        if (requests.Count == 0) return;
        var first = number;
        var last = Writer.NumberAll(first, after: 0);
        number = last + 1;
        try
        {
            socket.SendEach(Writer.Written, first, last, (sequence, error) => refused(requests[(int)(sequence - first)], error));
            Sent += Writer.Length;
        }
        finally
        {
            requests.Clear();
            Writer.Clear();
        }
    }
}
