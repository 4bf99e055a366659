using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Images;

/// <summary>Has images on the node, by the pull policy of the container.</summary>
internal sealed class ImageProvider(IContainerEngine engine)
{
    /// <summary>The engine's id of the image, after pulling it where the policy asks for that.</summary>
    /// <exception cref="ImageException">It cannot be had; the reason is Kubernetes', the message the engine's.</exception>
    public async Task<string> EnsureAsync(Container container, CancellationToken cancellationToken)
    {
        var image = container.Image ?? "";
        if (image.Length == 0) throw new ImageException("InvalidImageName", "the container has no image");
        var policy = container.ImagePullPolicy ?? (IsLatest(image) ? "Always" : "IfNotPresent");
        var present = policy == "Always" ? null : await engine.FindImageAsync(image, cancellationToken);
        if (present is not null) return present.Id;
        if (policy == "Never")
        {
            throw new ImageException("ErrImageNeverPull", $"Container image \"{image}\" is not present with pull policy of Never");
        }

        await PullAsync(image, cancellationToken);
        return (await engine.FindImageAsync(image, cancellationToken))?.Id
            ?? throw new ImageException("ErrImagePull", $"the engine pulled {image} and does not have it");
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
            throw new ImageException("ErrImagePull", error.Message, error);
        }
        catch (LocalImageException error)
        {
            throw new ImageException("ErrImagePull", error.Message, error);
        }
    }
}

/// <summary>An image cannot be had.</summary>
/// <param name="reason"><c>ErrImagePull</c>, <c>ErrImageNeverPull</c> or <c>InvalidImageName</c>.</param>
/// <param name="message">Why, in the engine's words.</param>
/// <param name="inner">The engine's refusal.</param>
internal sealed class ImageException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reason that the container's status shows.</summary>
    public string Reason { get; } = reason;
}
