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
