using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Apply;

/// <summary>The programs of one address family and one way into the kernel.</summary>
/// <param name="Family">The address family.</param>
/// <param name="Variant">Empty for the system's choice; else <c>nft</c> or <c>legacy</c>.</param>
internal sealed partial record IptablesTools(IpFamily Family, string Variant)
{
    private static readonly Version FirstWithRandomFully = new(1, 6, 2);

    private string Prefix => (Family == IpFamily.V4 ? "iptables" : "ip6tables") + (Variant.Length == 0 ? "" : "-" + Variant);

    public string Main => Prefix;

    public string Restore => Prefix + "-restore";

    public string Save => Prefix + "-save";

    /// <summary>Whether all three are installed.</summary>
    public bool Exist => ToolRunner.Find(Main) is not null && ToolRunner.Find(Restore) is not null && ToolRunner.Find(Save) is not null;

    /// <summary>Asks the installed program what it is.</summary>
    /// <exception cref="ToolException">It cannot be run.</exception>
    public async Task<IptablesVersion> VersionAsync(ToolRunner runner, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(await runner.RunAsync([Main, "--version"], default, cancellationToken));
        return ParseVersion(text);
    }

    /// <summary>Reads <c>iptables v1.8.9 (nf_tables)</c>.</summary>
    internal static IptablesVersion ParseVersion(string text)
    {
        var match = VersionText().Match(text);
        var version = match.Success
            ? new Version(Number(match, 1), Number(match, 2), match.Groups[3].Success ? Number(match, 3) : 0)
            : new Version(0, 0, 0);
        return new IptablesVersion(version, text.Contains("nf_tables", StringComparison.Ordinal) ? "nft" : "legacy", version >= FirstWithRandomFully);
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"v(\d+)\.(\d+)(?:\.(\d+))?")]
    private static partial Regex VersionText();
}

/// <summary>What the installed iptables is.</summary>
/// <param name="Version">Such as 1.8.9; 0.0.0 where it does not say.</param>
/// <param name="Variant"><c>nft</c> or <c>legacy</c>.</param>
/// <param name="HasRandomFully">Whether MASQUERADE takes <c>--random-fully</c>.</param>
internal sealed record IptablesVersion(Version Version, string Variant, bool HasRandomFully);
