using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

/// <summary>
/// The Docker Engine API, as far as a kubelet needs it, over a Unix socket (<c>unix:///var/run/docker.sock</c>) or TCP
/// (<c>tcp://127.0.0.1:2375</c>). Written for version 1.41; newer engines are spoken to in the oldest version they still know.
/// </summary>
public sealed partial class DockerClient : IContainerEngine, IDisposable
{
    private readonly DockerTransport _transport;
    private readonly TimeProvider _clock;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="ArgumentException">The address is neither unix:// nor tcp://.</exception>
    public DockerClient(Uri address, DockerClientOptions? options = null)
    {
        options ??= new DockerClientOptions();
        _clock = options.Clock;
        _transport = new DockerTransport(address, options);
    }

    public void Dispose() => _transport.Dispose();

    public async Task<EngineVersion> VersionAsync(CancellationToken cancellationToken = default)
    {
        var body = await _transport.ReadAsync(DockerRequest.Get("/version"), DockerJson.Default.VersionBody, cancellationToken);
        return new EngineVersion(
            body.Version ?? "", body.ApiVersion ?? "", body.MinAPIVersion ?? "", body.KernelVersion ?? "", body.Os ?? "", body.Arch ?? "");
    }

    public async Task<EngineInfo> InfoAsync(CancellationToken cancellationToken = default)
    {
        var body = await _transport.ReadAsync(DockerRequest.Get("/info"), DockerJson.Default.InfoBody, cancellationToken);
        return new EngineInfo(
            body.Name ?? "", body.OperatingSystem ?? "", body.NCPU, body.MemTotal, body.DockerRootDir ?? "",
            body.CgroupDriver ?? "", body.CgroupVersion ?? "", body.Driver ?? "");
    }

    /// <summary>Asks whether the engine answers.</summary>
    public Task PingAsync(CancellationToken cancellationToken = default) =>
        _transport.SendAsync(DockerRequest.Get("/_ping"), cancellationToken);

    public async IAsyncEnumerable<EngineEvent> WatchEventsAsync(
        EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get("/events")
            .With("since", filter.Since is { } since ? UnixTime(since) : null)
            .WithFilters(("type", filter.Kinds), ("label", filter.Labels));
        await foreach (var body in StreamAsync(request, DockerJson.Default.EventBody, cancellationToken))
        {
            yield return DockerMapping.ToEvent(body);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw _transport.Unavailable(new EndOfStreamException("it closed the stream of events"))!;
    }

    /// <summary>The engine's form of a time: seconds and nanoseconds since 1970.</summary>
    private static string UnixTime(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest * TimeSpan.NanosecondsPerTick:D9}");
    }

    /// <summary>The objects of an answer that the engine writes one after the other.</summary>
    private async IAsyncEnumerable<T> StreamAsync<T>(
        DockerRequest request, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _transport.OpenAsync(request, cancellationToken);
        await using var body = await _transport.GuardAsync(
            token => response.Content.ReadAsStreamAsync(token), Timeout.InfiniteTimeSpan, cancellationToken);
        await using var objects = JsonSerializer
            .DeserializeAsyncEnumerable(body, type, topLevelValues: true, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await _transport.MoveNextAsync(objects))
        {
            if (objects.Current is { } item)
            {
                yield return item;
            }
        }
    }
}
