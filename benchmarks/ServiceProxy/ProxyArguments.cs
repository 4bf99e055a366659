using System.Globalization;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>What may be asked of a run of the Service proxy, beside its name.</summary>
internal sealed record ProxyArguments
{
    /// <summary>The options in a line each, for the usage.</summary>
    public const string Usage =
        """
          Options of the proxy runs:
            --mode MODE          nftables (default) or iptables
            --services N[,N]     how many Services there are; each run has its own default
            --endpoints N        endpoints of each Service (10)
            --rounds N           how often is measured; each run has its own default
            --minutes N          how long proxy-soak lasts (1)
            --ours HOW           our proxy compiled to machine code (native, the default where it was built), on the .NET runtime (net), or both
            --kube-proxy FILE    a kube-proxy binary to do the same, beside ours
        """;

    /// <summary>The proxy's mode, and that of the kube-proxy beside it.</summary>
    public string Mode { get; private init; } = "nftables";

    /// <summary>Numbers of Services; empty for the run's own.</summary>
    public IReadOnlyList<int> Services { get; private init; } = [];

    /// <summary>Endpoints of each.</summary>
    public int Endpoints { get; private init; } = 10;

    /// <summary>How often; null for the run's own.</summary>
    public int? Rounds { get; private init; }

    /// <summary>How long.</summary>
    public double Minutes { get; private init; } = 1;

    /// <summary>How our proxy runs: <c>native</c>, <c>net</c> or <c>both</c>.</summary>
    public string Ours { get; private init; } = "native";

    /// <summary>A kube-proxy binary; null for none.</summary>
    public string? KubeProxy { get; private init; }

    /// <summary>The proxies to be measured, ours first.</summary>
    public IReadOnlyList<ProxyProgram> Programs =>
    [
        .. Ours == "net" ? [] : new[] { ProxyProgram.Ours(Mode, onRuntime: false) },
        .. Ours == "native" ? [] : new[] { ProxyProgram.Ours(Mode, onRuntime: true) },
        .. KubeProxy is null ? [] : new[] { ProxyProgram.KubeProxy(KubeProxy, Mode) },
    ];

    /// <summary>Reads the words after the run's name.</summary>
    /// <exception cref="ArgumentException">One is unknown or wrong; the message says which.</exception>
    public static ProxyArguments Parse(IReadOnlyList<string> words)
    {
        var result = new ProxyArguments();
        for (var at = 0; at < words.Count; at += 2)
        {
            if (at + 1 == words.Count) throw new ArgumentException($"{words[at]} needs a value");
            result = result.With(words[at], words[at + 1]);
        }

        return result;
    }

    private ProxyArguments With(string name, string value) => name switch
    {
        "--mode" when value is "nftables" or "iptables" => this with { Mode = value },
        "--services" => this with { Services = [.. value.Split(',').Select(part => Number(name, part))] },
        "--endpoints" => this with { Endpoints = Number(name, value) },
        "--rounds" => this with { Rounds = Number(name, value) },
        "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 => this with { Minutes = minutes },
        "--ours" when value is "native" or "net" or "both" => this with { Ours = value },
        "--kube-proxy" when File.Exists(value) => this with { KubeProxy = Path.GetFullPath(value) },
        _ => throw new ArgumentException($"{name} {value}: no such option, or no such value\n{Usage}"),
    };

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{name} \"{text}\": a number greater than 0 is wanted");
}
