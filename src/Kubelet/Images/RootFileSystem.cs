using System.Formats.Tar;
using System.Text;

namespace MiniK8s.Kubelet.Images;

/// <summary>Writes the tar of a root file system that is busybox, its applets, and a few scripts.</summary>
internal static class RootFileSystem
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Shared = UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111;

    private static readonly string[] Folders = ["bin", "etc", "root", "usr", "var", "www", "www/cgi-bin", "proc", "sys", "dev"];

    /// <summary>Programs that busybox is when it is called by their names.</summary>
    private static readonly string[] Applets =
    [
        "[", "ash", "awk", "base64", "basename", "cat", "chmod", "chown", "clear", "cp", "cut", "date", "dd", "df", "dirname", "du",
        "echo", "env", "expr", "false", "find", "free", "grep", "gzip", "head", "hostname", "httpd", "id", "ifconfig", "ip", "kill",
        "killall", "less", "ln", "ls", "md5sum", "mkdir", "mktemp", "mount", "mv", "nc", "netstat", "nslookup", "ping", "pidof",
        "printenv", "printf", "ps", "pwd", "readlink", "rm", "rmdir", "route", "sed", "seq", "sh", "sha256sum", "sleep", "sort", "stat",
        "stty", "tail", "tar", "tee", "telnet", "test", "time", "timeout", "top", "touch", "tr", "traceroute", "true", "tty", "uname",
        "uniq", "uptime", "vi", "watch", "wc", "wget", "which", "whoami", "xargs", "yes",
    ];

    internal static async Task WriteAsync(
        Stream output, byte[] busybox, IReadOnlyList<ScriptFile> scripts, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var folder in Folders)
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, folder + "/") { Mode = Executable }, cancellationToken);
        }

        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = Shared }, cancellationToken);
        await WriteFileAsync(tar, "bin/busybox", busybox, Executable, cancellationToken);
        foreach (var applet in Applets)
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.SymbolicLink, "bin/" + applet) { LinkName = "busybox", Mode = Executable }, cancellationToken);
        }

        await WriteFileAsync(tar, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"u8.ToArray(), Readable, cancellationToken);
        await WriteFileAsync(tar, "etc/group", "root:x:0:\nnogroup:x:65534:\n"u8.ToArray(), Readable, cancellationToken);
        foreach (var script in scripts)
        {
            await WriteFileAsync(tar, script.FullPath.TrimStart('/'), Encoding.UTF8.GetBytes(script.Text), Executable, cancellationToken);
        }
    }

    private static async Task WriteFileAsync(
        TarWriter tar, string path, byte[] content, UnixFileMode mode, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream(content);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = mode, DataStream = data }, cancellationToken);
    }
}
