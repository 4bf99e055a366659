using System.Text;

namespace MiniK8s.Proxy.Iptables;

/// <summary>Lines of rules as UTF-8, grown as needed and used again for the next script.</summary>
internal sealed class RuleBuffer
{
    private const int FirstSize = 4096;
    private byte[] bytes = new byte[FirstSize];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>How many lines are written.</summary>
    public long Lines => Written.Span.Count((byte)'\n');

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Free(text.Length));
        Length += text.Length;
    }

    public void Append(string text)
    {
        var free = Free(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, free);
    }

    public void Append<T>(T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        const int Enough = 64;
        int written;
        for (var size = Enough; !value.TryFormat(Free(size), out written, format, null); size *= 2) Free(size * 2);
        Length += written;
    }

    private Span<byte> Free(int size)
    {
        if (bytes.Length - Length < size) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + size));
        return bytes.AsSpan(Length);
    }
}
