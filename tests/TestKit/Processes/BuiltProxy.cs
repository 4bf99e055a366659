using System.Diagnostics;
using MiniK8s.TestKit.Files;

namespace MiniK8s.TestKit.Processes;

/// <summary>
/// The proxy's program as <c>./minik8s proxy</c> runs it: compiled to machine code where scripts/build.sh could do that and nothing
/// has changed since, else on the .NET runtime. Where MINIK8S_TEST_PROXY is <c>runtime</c> it is the latter.
/// </summary>
public static class BuiltProxy
{
    private static readonly Lazy<string?> Compiled = new(FindCompiled);

    /// <summary>The program compiled to machine code; null where there is none that is current.</summary>
    public static string? Native => Compiled.Value;

    /// <summary>The start of the command line.</summary>
    public static IReadOnlyList<string> Command => Native is { } native ? [native] : OnRuntime;

    /// <summary>The start of the command line on the .NET runtime.</summary>
    public static IReadOnlyList<string> OnRuntime { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "MiniK8s.Proxy.dll")];

    private static string? FindCompiled()
    {
        var file = Path.Combine(RepositoryFolder.Root, "artifacts", "native", "proxy", "minik8s-proxy");
        if (Environment.GetEnvironmentVariable("MINIK8S_TEST_PROXY") == "runtime" || !File.Exists(file)) return null;
        using var check = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryFolder.Root, "scripts", "build.sh"), ["current", "native"]))!;
        check.WaitForExit();
        return check.ExitCode == 0 ? file : null;
    }
}
