using System.Buffers.Binary;

namespace MiniK8s.Kubelet.Images;

/// <summary>The host's statically linked busybox: one file that is a whole user land, and runs in a container without libraries.</summary>
internal static class StaticBusybox
{
    /// <summary>Where distributions put it: Debian and Ubuntu, Fedora, Alpine.</summary>
    internal static readonly IReadOnlyList<string> UsualPaths =
        ["/bin/busybox", "/usr/bin/busybox", "/sbin/busybox", "/usr/sbin/busybox", "/bin/busybox.static"];

    private const string HowToGetIt =
        "install the package busybox-static (Debian and Ubuntu: apt-get install busybox-static; Alpine: apk add busybox-static; "
        + "Fedora: dnf install busybox)";

    private const int InterpreterSegment = 3;

    /// <summary>The path of the first file of the list that is a static program.</summary>
    /// <exception cref="LocalImageException">None is; the message says how to get one.</exception>
    internal static string Find(IReadOnlyList<string> paths)
    {
        var present = paths.Where(File.Exists).ToList();
        return present.Find(path => IsStatic(File.ReadAllBytes(path))) ?? throw new LocalImageException(
            present.Count == 0
                ? $"there is no busybox at {string.Join(", ", paths)}; {HowToGetIt}"
                : $"the busybox at {string.Join(", ", present)} needs shared libraries, which an image made of it alone would lack; {HowToGetIt}");
    }

    /// <summary>
    /// True for a 64-bit little-endian ELF program that names no interpreter: it needs no dynamic linker (System V ABI,
    /// program header type PT_INTERP).
    /// </summary>
    internal static bool IsStatic(ReadOnlySpan<byte> program)
    {
        const int headerSize = 64;
        if (program.Length < headerSize || !program[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            return false;
        }

        var offset = (long)BinaryPrimitives.ReadUInt64LittleEndian(program[32..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(program[54..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(program[56..]);
        for (var index = 0; index < count; index++)
        {
            var start = offset + (index * size);
            if (start < 0 || start + sizeof(uint) > program.Length)
            {
                return false;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(program[(int)start..]) == InterpreterSegment)
            {
                return false;
            }
        }

        return true;
    }
}
