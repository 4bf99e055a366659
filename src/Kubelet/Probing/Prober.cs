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

    /// <summary>Ends the container that failed.</summary>
    Task KillAsync(ProbeTarget target, CancellationToken cancellationToken);
}

/// <summary>Probes by HTTP, by TCP, or by a command in the container.</summary>
internal sealed class Prober(IContainerEngine engine) : IProber, IDisposable
{
    // The probed server's certificate is nobody's business, as in Kubernetes; and a redirect to another host counts as success there.
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
    public Task KillAsync(ProbeTarget target, CancellationToken cancellationToken) =>
        engine.StopContainerAsync(target.Run.Id, TimeSpan.FromSeconds(target.Pod.Spec?.TerminationGracePeriodSeconds ?? 30), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

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
        var path = string.IsNullOrEmpty(get.Path) ? "/" : get.Path;
        var uri = new UriBuilder((get.Scheme ?? "HTTP").ToLowerInvariant(), Host(target, get.Host), Port(target, get.Port)).Uri;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(uri, path));
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.32");
        foreach (var header in get.HttpHeaders) request.Headers.TryAddWithoutValidation(header.Name, header.Value);
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
