using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Images;

/// <summary>Makes images out of the host's busybox and gives them to the engine.</summary>
internal sealed class LocalImageBuilder(IContainerEngine engine, IReadOnlyList<string> busyboxPaths)
{
    /// <summary>Makes an image; one that has its name loses it.</summary>
    /// <exception cref="LocalImageException">The host has no static busybox.</exception>
    internal async Task BuildAsync(LocalImage image, CancellationToken cancellationToken)
    {
        var path = StaticBusybox.Find(busyboxPaths);
        using var tar = new MemoryStream();
        await RootFileSystem.WriteAsync(tar, await File.ReadAllBytesAsync(path, cancellationToken), image.Scripts, cancellationToken);
        tar.Position = 0;
        await engine.ImportImageAsync(tar, image.Configuration, cancellationToken);
    }
}
