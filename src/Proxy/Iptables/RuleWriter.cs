using System.Net;
using System.Runtime.CompilerServices;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Iptables;

/// <summary>Writes rules as they are read: one interpolated line each, straight into UTF-8, without a string in between.</summary>
internal readonly ref struct RuleWriter(RuleBuffer buffer)
{
    private readonly RuleBuffer buffer = buffer;

    /// <summary>Writes one line.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] RuleLine line) => line.End();

    /// <summary>Writes lines that are ready.</summary>
    public void Lines(ReadOnlySpan<byte> lines) => buffer.Append(lines);

    /// <summary>The compiler's view of an interpolated line.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct RuleLine
    {
        private readonly RuleBuffer buffer;

        public RuleLine(int literalLength, int formattedCount, RuleWriter writer) => buffer = writer.buffer;

        public void AppendLiteral(string text) => buffer.Append(text);

        public void AppendFormatted(string text) => buffer.Append(text);

        public void AppendFormatted(int number) => buffer.Append(number, default);

        public void AppendFormatted(double number, string format) => buffer.Append(number, format);

        public void AppendFormatted(IPAddress address) => buffer.Append(address, default);

        public void AppendFormatted(IPNetwork block) => buffer.Append(block, default);

        public void AppendFormatted(ServicePortName name)
        {
            buffer.Append(name.Namespace);
            buffer.Append("/"u8);
            buffer.Append(name.Service);
            if (name.Port.Length == 0) return;
            buffer.Append(":"u8);
            buffer.Append(name.Port);
        }

        public void AppendFormatted(ServiceEndpoint endpoint) => buffer.Append(endpoint.Text);

        internal void End() => buffer.Append("\n"u8);
    }
}
