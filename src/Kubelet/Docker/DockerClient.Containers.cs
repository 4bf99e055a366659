using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

public sealed partial class DockerClient
{
    public async Task<string> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Post("/containers/create")
            .With("name", spec.Name)
            .WithBody(CreateBodyBuilder.Build(spec), DockerJson.Default.CreateContainerBody);
        return (await _transport.ReadAsync(request, DockerJson.Default.CreatedBody, cancellationToken)).Id;
    }

    public Task StartContainerAsync(string container, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(DockerRequest.Post(PathOf(container, "/start")), cancellationToken, HttpStatusCode.NotModified);

    public async Task StopContainerAsync(string container, TimeSpan grace, CancellationToken cancellationToken = default)
    {
        // The engine counts whole seconds; rounding up never shortens what was promised.
        var seconds = (long)Math.Ceiling(grace.TotalSeconds);
        var request = DockerRequest.Post(PathOf(container, "/stop")).With("t", seconds);
        using var response = await _transport.OpenAsync(request, cancellationToken, HttpStatusCode.NotModified);
    }

    public Task KillContainerAsync(string container, string signal, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(DockerRequest.Post(PathOf(container, "/kill")).With("signal", signal), cancellationToken);

    public async Task<int> WaitContainerAsync(string container, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Post(PathOf(container, "/wait"));
        var body = await _transport.ReadAsync(request, DockerJson.Default.WaitBody, cancellationToken, Timeout.InfiniteTimeSpan);
        return body.Error?.Message is { Length: > 0 } error
            ? throw new DockerApiException(HttpStatusCode.InternalServerError, error)
            : body.StatusCode;
    }

    public async Task<ContainerDetails?> FindContainerAsync(string container, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get(PathOf(container, "/json"));
        return await _transport.FindAsync(request, DockerJson.Default.ContainerBody, cancellationToken) is { } body
            ? DockerMapping.ToContainer(body)
            : null;
    }

    public async Task<IReadOnlyList<ContainerSummary>> ListContainersAsync(
        IReadOnlyList<string> labels, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get("/containers/json").With("all", true).WithFilters(("label", labels));
        var bodies = await _transport.ReadAsync(request, DockerJson.Default.ContainerListBodyArray, cancellationToken);
        return [.. bodies.Select(DockerMapping.ToContainerSummary)];
    }

    public Task RemoveContainerAsync(string container, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            DockerRequest.Delete(PathOf(container, "")).With("force", true).With("v", true), cancellationToken, HttpStatusCode.NotFound);

    public Task RenameContainerAsync(string container, string name, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(DockerRequest.Post(PathOf(container, "/rename")).With("name", name), cancellationToken);

    public async IAsyncEnumerable<OutputFrame> ReadLogsAsync(
        string container, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var details = await FindContainerAsync(container, cancellationToken)
            ?? throw new DockerApiException(HttpStatusCode.NotFound, $"No such container: {container}");
        using var response = await _transport.OpenAsync(LogsRequest(details.Id, request), cancellationToken);
        await using var body = await _transport.GuardAsync(
            token => response.Content.ReadAsStreamAsync(token), Timeout.InfiniteTimeSpan, cancellationToken);
        await using var frames = OutputFrames.ReadAsync(body, details.Tty, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await _transport.MoveNextAsync(frames))
        {
            yield return frames.Current;
        }
    }

    public async Task<ContainerStats> StatsAsync(string container, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get(PathOf(container, "/stats")).With("stream", false).With("one-shot", true);
        return DockerMapping.ToStats(await _transport.ReadAsync(request, DockerJson.Default.StatsBody, cancellationToken));
    }

    private static DockerRequest LogsRequest(string id, LogRequest request) =>
        DockerRequest.Get(PathOf(id, "/logs"))
            .With("stdout", request.Stdout)
            .With("stderr", request.Stderr)
            .With("follow", request.Follow)
            .With("timestamps", request.Timestamps)
            .With("tail", request.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all")
            .With("since", request.Since is { } since ? UnixTime(since) : null);

    private static string PathOf(string container, string rest) => $"/containers/{DockerRequest.Segment(container)}{rest}";
}
