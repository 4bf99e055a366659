using System.Text;

namespace MiniK8s.Kubectl.Tests.World;

/// <summary>What a command that is still running has written so far.</summary>
internal sealed class SharedText : TextWriter
{
    private readonly StringBuilder text = new();
    private readonly Lock gate = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (gate) text.Append(value);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (gate) text.Append(value);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (gate) return text.ToString();
    }
}
