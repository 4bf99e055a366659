namespace MiniK8s.ApiServer.Security.Pki;

/// <summary>Files that only their owner may read: keys, tokens, kubeconfigs.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a directory with mode 0700, unless it is there.</summary>
    public static void CreateDirectory(string path) =>
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Writes the whole text or nothing: to a new file with mode 0600, which then takes the place of the old one.</summary>
    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
