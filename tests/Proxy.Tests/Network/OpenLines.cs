using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>Many connections that stay open and talk, one after the other without end; each must always get the answer of its first time.</summary>
internal sealed class OpenLines : IAsyncDisposable
{
    private readonly List<(Dial.Line Line, string Answer)> lines = [];
    private Loop talk = null!;
    private int next;

    private OpenLines()
    {
    }

    /// <summary>The first line that was cut; empty while none was.</summary>
    public string Failure => talk.Failure;

    /// <summary>Opens so many lines, in turn over the destinations.</summary>
    public static async Task<OpenLines> OpenAsync(IReadOnlyList<(NetworkNamespace From, string Address, string Name)> destinations, int count)
    {
        var opened = new OpenLines();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var (from, address, _) = destinations[i % destinations.Count];
                var line = await Dial.Line.OpenAsync(from, address);
                if (line.Failure is not null) throw new InvalidOperationException($"{address}: {line.Failure}");
                opened.lines.Add((line, await line.AskAsync()));
            }
        }
        catch
        {
            opened.lines.ForEach(line => line.Line.Dispose());
            throw;
        }
        opened.talk = Loop.Start(TimeSpan.FromMilliseconds(1), opened.AskNextAsync);
        return opened;
    }

    /// <summary>Ends the talk after one more question to every line, and gives the failure.</summary>
    public async Task<string> StopAsync()
    {
        await talk.StopAsync();
        if (Failure.Length > 0) return Failure;
        foreach (var (line, answer) in lines)
        {
            if (await line.AskAsync() != answer) return "a line changed its answer";
        }
        return "";
    }

    public async ValueTask DisposeAsync()
    {
        await talk.DisposeAsync();
        lines.ForEach(line => line.Line.Dispose());
    }

    private async Task AskNextAsync()
    {
        var (line, answer) = lines[next];
        next = (next + 1) % lines.Count;
        var now = await line.AskAsync();
        if (now != answer) throw new InvalidOperationException($"a line that said \"{answer}\" says \"{now}\"");
    }
}
