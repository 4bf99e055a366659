using System.Net.Sockets;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Probing;

/// <summary>Tries one probe once.</summary>
internal interface IProber
{
    /// <summary>Whether the container answered as it should. An exception counts as a failure.</summary>
    Task<bool> ProbeAsync(ProbeTarget target, Probe probe, CancellationToken cancellationToken);

}

/// <summary>Probes by HTTP, by TCP, or by a command in the container.</summary>
internal sealed class Prober(IContainerEngine engine) : IProber, IDisposable
{
    // As in Kubernetes no certificate is checked: the probe asks whether the server answers, not who it is. A redirect is an answer.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    });

    /// <inheritdoc/>
    public async Task<bool> ProbeAsync(ProbeTarget target, Probe probe, CancellationToken cancellationToken)
    {
        if (probe.HttpGet is { } get) return await HttpAsync(target, get, cancellationToken);
        if (probe.TcpSocket is { } tcp) return await TcpAsync(Host(target, tcp.Host), Port(target, tcp.Port), cancellationToken);
        if (probe.Exec is { } exec) return await ExecAsync(target, exec, cancellationToken);
        throw new NotSupportedException("gRPC probes are not supported");
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>The address to ask. The path is only ever a path: what begins with two slashes names no other host.</summary>
    internal static Uri Address(HTTPGetAction get, string host, int port)
    {
        var path = get.Path ?? "";
        var query = path.IndexOf('?', StringComparison.Ordinal);
        return new UriBuilder((get.Scheme ?? "HTTP").ToLowerInvariant(), host, port)
        {
            Path = query < 0 ? path : path[..query],
            Query = query < 0 ? "" : path[query..],
        }.Uri;
    }

    private static string Host(ProbeTarget target, string? asked) =>
        !string.IsNullOrEmpty(asked) ? asked : target.Pod.Spec?.HostNetwork == true ? "127.0.0.1" : target.Address;

    private static int Port(ProbeTarget target, IntOrString? port)
    {
        if (port is not { } asked) throw new InvalidOperationException("the probe has no port");
        if (!asked.IsString) return asked.Number;
        return target.Container.Ports.FirstOrDefault(known => known.Name == asked.Text)?.ContainerPortValue
            ?? throw new InvalidOperationException($"the container has no port named {asked.Text}");
    }

    private static async Task<bool> TcpAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        return true;
    }

    private async Task<bool> HttpAsync(ProbeTarget target, HTTPGetAction get, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(get, Host(target, get.Host), Port(target, get.Port)));
        foreach (var header in get.HttpHeaders) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (!request.Headers.Contains("User-Agent")) request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.32");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode is >= 200 and < 400;
    }

    private async Task<bool> ExecAsync(ProbeTarget target, ExecAction exec, CancellationToken cancellationToken)
    {
        await using var session = await engine.ExecAsync(target.Run.Id, new ExecSpec { Command = exec.Command }, cancellationToken);
        await foreach (var _ in session.ReadOutputAsync(cancellationToken))
        {
            // Its words do not matter, but must be taken, or it would wait for them to be.
        }

        return await session.ExitCodeAsync(cancellationToken) == 0;
    }
}
