namespace MiniK8s.Client.Config;

/// <summary>Finds, reads and writes kubeconfig files.</summary>
public static class KubeConfigFiles
{
    private const string Variable = "KUBECONFIG";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Loads in kubectl's order: the named file; else the list of files in KUBECONFIG, merged, those that are missing left out;
    /// else <c>~/.kube/config</c>. Null when none of them is there.
    /// </summary>
    /// <param name="path">What the user gave with <c>--kubeconfig</c>; null or empty when nothing.</param>
    /// <exception cref="KubeConfigException">A file cannot be read, or a field is wrong; or the named file is missing.</exception>
    public static KubeConfig? Load(string? path = null)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return Read(path);
        }

        var list = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(list) ? ReadIfThere(DefaultPath) : LoadList(list);
    }

    /// <summary>
    /// The admin kubeconfig of a cluster that was started on this host, where nothing else says which cluster is meant: no KUBECONFIG,
    /// no <c>~/.kube/config</c>. Whoever has just started one need not be told where it left its credentials.
    /// </summary>
    /// <returns>The file's path; null where it is not there, or something else says.</returns>
    public static string? OwnCluster()
    {
        var own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".minik8s", "admin.kubeconfig");
        return Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && !File.Exists(DefaultPath) && File.Exists(own) ? own : null;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="KubeConfigException">It cannot be read, or a field is wrong.</exception>
    public static KubeConfig Read(string path)
    {
        try
        {
            return KubeConfigReader.Read(File.ReadAllText(path), Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeConfigException($"cannot read the kubeconfig '{path}': {e.Message}", e);
        }
    }

    /// <summary>Writes a file that only its owner may read: the whole text or nothing.</summary>
    public static void Write(string path, KubeConfig config)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(KubeConfigWriter.Text(config));
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Merges the files of a list separated by colons; the first one to set a name wins. Null when none is there.</summary>
    internal static KubeConfig? LoadList(string list)
    {
        KubeConfig? merged = null;
        foreach (var path in list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ReadIfThere(path) is { } config)
            {
                merged = merged?.MergeWith(config) ?? config;
            }
        }

        return merged;
    }

    private static string DefaultPath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");

    private static KubeConfig? ReadIfThere(string path) => File.Exists(path) ? Read(path) : null;
}
