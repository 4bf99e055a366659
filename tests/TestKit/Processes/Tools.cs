namespace MiniK8s.TestKit.Processes;

/// <summary>Finds programs on this machine, so that a test can say which one it lacks.</summary>
public static class Tools
{
    /// <summary>System programs live here even where the PATH of an ordinary user does not say so.</summary>
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin"];

    /// <summary>The full path of a program, or null when the machine has none of that name.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(program) ? program : null;
        }

        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>The reason to skip a test that needs these programs, or null when all are here.</summary>
    public static string? SkipReason(params ReadOnlySpan<string> programs)
    {
        var missing = new List<string>();
        foreach (var program in programs)
        {
            if (Find(program) is null)
            {
                missing.Add(program);
            }
        }

        return missing.Count == 0 ? null : $"not installed: {string.Join(", ", missing)} (scripts/install-deps.sh gets them)";
    }
}
