using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Planning;

namespace MiniK8s.Kubelet.Images;

/// <summary>Has images on the node, by the pull policy of the container.</summary>
internal sealed class ImageProvider(IContainerEngine engine)
{
    /// <summary>The image, pulled where the policy asks for that.</summary>
    /// <exception cref="StartException">It cannot be had; the reason is Kubernetes', the message the engine's.</exception>
    public async Task<ProvidedImage> EnsureAsync(Container container, CancellationToken cancellationToken)
    {
        var image = container.Image ?? "";
        if (image.Length == 0) throw new StartException("InvalidImageName", "the container has no image");
        var policy = container.ImagePullPolicy ?? (IsLatest(image) ? "Always" : "IfNotPresent");
        var present = policy == "Always" ? null : await engine.FindImageAsync(image, cancellationToken);
        if (present is not null) return new ProvidedImage(present, WasPulled: false);
        if (policy == "Never")
        {
            throw new StartException("ErrImageNeverPull", $"Container image \"{image}\" is not present with pull policy of Never");
        }

        await PullAsync(image, cancellationToken);
        var pulled = await engine.FindImageAsync(image, cancellationToken) ?? throw new StartException("ErrImagePull", $"the engine pulled {image} and does not have it");
        return new ProvidedImage(pulled, WasPulled: true);
    }

    private static bool IsLatest(string image) =>
        image.EndsWith(":latest", StringComparison.Ordinal) || image[(image.LastIndexOf('/') + 1)..].AsSpan().IndexOfAny(':', '@') < 0;

    private async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            // These images are in no registry: they are made here, so that the examples work on a machine without a network.
            if (LocalImages.IsKnown(image)) await LocalImages.EnsureAsync(engine, image, cancellationToken);
            else await engine.PullImageAsync(image, null, null, cancellationToken);
        }
        catch (DockerApiException error)
        {
            throw new StartException("ErrImagePull", error.Message, error);
        }
        catch (LocalImageException error)
        {
            throw new StartException("ErrImagePull", error.Message, error);
        }
    }
}

/// <summary>An image that the engine has.</summary>
/// <param name="Details">The engine's description.</param>
/// <param name="WasPulled">Whether it was fetched, or made, for this container.</param>
internal sealed record ProvidedImage(ImageDetails Details, bool WasPulled);
