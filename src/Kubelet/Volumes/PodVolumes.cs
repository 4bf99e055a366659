using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Volumes;

/// <summary>
/// The directories of pods on the host: <c>kubelet/NODE/pods/UID/volumes/NAME</c> below the data directory, so that several kubelets
/// that share it never take each other's for left over.
/// </summary>
internal sealed class PodVolumes(string dataDirectory, string node)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // The engine takes no path that begins at somebody's working directory.
    private readonly string root = Path.GetFullPath(Path.Combine(dataDirectory, "kubelet", node, "pods"));

    /// <summary>Makes what the container's mounts need and describes them to the engine.</summary>
    /// <exception cref="ContainerConfigException">A mount names no volume, or a volume of a type that this kubelet does not have, or a path that may not be.</exception>
    public IReadOnlyList<ContainerMount> Prepare(Pod pod, Container container, IReadOnlyDictionary<string, string> variables) =>
        [.. container.VolumeMounts.Select(mount => Prepare(pod, mount, variables))];

    /// <summary>Removes a pod's directories.</summary>
    public void Remove(string uid)
    {
        // The uid may come from a label that anybody on the engine can write; only the name of a directory in here may be removed.
        if (uid.Length == 0 || uid is "." or ".." || uid.Contains('/')) return;
        foreach (var directory in new[] { DirectoryOf(uid), MemoryOf(uid) })
        {
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The uids that have directories on disk.</summary>
    public IReadOnlyList<string> Known() =>
        Directory.Exists(root) ? [.. Directory.GetDirectories(root).Select(path => Path.GetFileName(path)!)] : [];

    private static void CheckSubPath(VolumeMount mount, string subPath)
    {
        if (Path.IsPathRooted(subPath) || subPath.Split('/').Contains(".."))
        {
            throw new ContainerConfigException($"volumeMount {mount.Name}: subPath '{subPath}' must be relative and without '..'");
        }
    }

    // A pod's processes may have put a link where the sub-path leads; following it would mount any file of the host.
    private static void CheckNoLinks(VolumeMount mount, string source, string subPath)
    {
        var path = source;
        foreach (var part in subPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new ContainerConfigException($"volumeMount {mount.Name}: subPath '{subPath}' leads through the symbolic link {part}");
            }
        }
    }

    private static string HostPath(HostPathVolumeSource source)
    {
        var path = source.Path;
        var wrong = source.Type switch
        {
            "DirectoryOrCreate" => Create(() => Directory.CreateDirectory(path)),
            "Directory" => Directory.Exists(path) ? null : "is not a directory",
            "FileOrCreate" => Directory.Exists(path) ? "is a directory" : Create(() => File.Open(path, FileMode.OpenOrCreate).Dispose()),
            "File" => File.Exists(path) ? null : "is not a file",
            "Socket" or "CharDevice" or "BlockDevice" => Path.Exists(path) ? null : "does not exist",
            // Without a type nothing is checked; the engine makes a missing directory, as it always did.
            _ => Path.Exists(path) ? null : Create(() => Directory.CreateDirectory(path)),
        };
        return wrong is null ? path : throw new ContainerConfigException($"hostPath {path} {wrong}");
    }

    private static string? Create(Action make)
    {
        make();
        return null;
    }

    private static string MemoryOf(string uid) => Path.Combine("/dev/shm", "minik8s", uid);

    private string DirectoryOf(string uid) => Path.Combine(root, uid);

    private ContainerMount Prepare(Pod pod, VolumeMount mount, IReadOnlyDictionary<string, string> variables)
    {
        var volume = pod.Spec!.Volumes.FirstOrDefault(volume => volume.Name == mount.Name)
            ?? throw new ContainerConfigException($"volumeMount {mount.Name} names no volume of the pod");
        var source = SourceOf(pod, volume);
        var subPath = mount.SubPathExpr is { Length: > 0 } expression ? VariableExpansion.Expand(expression, variables) : mount.SubPath ?? "";
        if (subPath.Length > 0)
        {
            CheckSubPath(mount, subPath);
            CheckNoLinks(mount, source, subPath);
            source = Path.Combine(source, subPath);
            if (!Path.Exists(source)) Directory.CreateDirectory(source, Everybody);
        }

        return new ContainerMount(MountKind.Bind, source, mount.MountPath, mount.ReadOnly == true, mount.MountPropagation switch
        {
            "HostToContainer" => "rslave",
            "Bidirectional" => "rshared",
            _ => null,
        });
    }

    private string SourceOf(Pod pod, Volume volume)
    {
        if (volume.HostPath is { } hostPath) return HostPath(hostPath);
        if (volume.EmptyDir is not { } emptyDir) throw new ContainerConfigException($"volume {volume.Name}: only hostPath and emptyDir are supported");
        // Memory must be shared by the pod's containers and outlive each of them, so it cannot be the engine's own tmpfs.
        var parent = emptyDir.Medium == "Memory" ? MemoryOf(pod.Metadata.Uid ?? "") : Path.Combine(DirectoryOf(pod.Metadata.Uid ?? ""), "volumes");
        var path = Path.Combine(parent, volume.Name);
        if (Directory.Exists(path)) return path;
        Directory.CreateDirectory(parent, Private);
        Directory.CreateDirectory(path);
        // The process's umask must not decide what the pod's users may do.
        File.SetUnixFileMode(path, Everybody);
        return path;
    }
}
