using System.Net;
using System.Text.Json;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

public sealed partial class DockerClient
{
    public async Task<ImageDetails?> FindImageAsync(string reference, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get($"/images/{DockerRequest.Segment(reference)}/json");
        return await _transport.FindAsync(request, DockerJson.Default.ImageBody, cancellationToken) is { } body
            ? DockerMapping.ToImage(body)
            : null;
    }

    public async Task<IReadOnlyList<ImageSummary>> ListImagesAsync(CancellationToken cancellationToken = default)
    {
        var bodies = await _transport.ReadAsync(DockerRequest.Get("/images/json"), DockerJson.Default.ImageListBodyArray, cancellationToken);
        return [.. bodies.Select(DockerMapping.ToImageSummary)];
    }

    public async Task PullImageAsync(
        string reference, RegistryCredentials? credentials, IProgress<PullProgress>? progress, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Post("/images/create").With("fromImage", WithTag(reference));
        if (credentials is not null)
        {
            request.WithHeader("X-Registry-Auth", Encode(credentials));
        }

        await CreateImageAsync(request, progress, cancellationToken);
    }

    public async Task ImportImageAsync(Stream rootFileSystem, ImportedImage image, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Post("/images/create").With("fromSrc", "-").With("repo", image.Reference);
        foreach (var change in ImageChanges.Of(image))
        {
            request.With("changes", change);
        }

        await CreateImageAsync(request.WithTar(rootFileSystem), progress: null, cancellationToken);
    }

    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            DockerRequest.Delete($"/images/{DockerRequest.Segment(reference)}"), cancellationToken, HttpStatusCode.NotFound);

    /// <summary>Without a tag the engine would fetch every tag of the repository.</summary>
    internal static string WithTag(string reference)
    {
        var last = reference[(reference.LastIndexOf('/') + 1)..];
        return last.AsSpan().IndexOfAny(':', '@') >= 0 ? reference : reference + ":latest";
    }

    /// <summary>The engine answers 200 before it begins; what goes wrong later is told in the stream.</summary>
    private async Task CreateImageAsync(DockerRequest request, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        await foreach (var step in StreamAsync(request, DockerJson.Default.ImageProgressBody, cancellationToken))
        {
            if (step.Error is { } error)
            {
                throw new DockerApiException(HttpStatusCode.InternalServerError, error);
            }

            progress?.Report(new PullProgress(step.Id ?? "", step.Status ?? "", step.Detail?.Current, step.Detail?.Total));
        }
    }

    private static string Encode(RegistryCredentials credentials)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new RegistryAuthBody(credentials.User, credentials.Password, credentials.Registry), DockerJson.Default.RegistryAuthBody);

        // Base64 with the alphabet for URLs (RFC 4648, section 5), padded.
        return Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
    }
}
