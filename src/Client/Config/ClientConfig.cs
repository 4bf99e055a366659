namespace MiniK8s.Client.Config;

/// <summary>How to reach one API server as one identity: what remains of a kubeconfig when its files are read and its names resolved.</summary>
public sealed record ClientConfig
{
    /// <summary>The base address, such as <c>https://127.0.0.1:6443</c>; a path in it is kept in front of every request's.</summary>
    public required Uri Server { get; init; }

    /// <summary>PEM of the authorities that may vouch for the server. Null: those that the machine trusts.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>The name that the server's certificate must carry, where it is not the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Accept any certificate of the server. Only where the user said so in the kubeconfig.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The client's certificate and key; null where it has none.</summary>
    public ClientIdentity? Identity { get; init; }

    /// <summary>A bearer token; null where there is none.</summary>
    public string? Token { get; init; }

    /// <summary>A file with a bearer token, read again every minute because tokens are rotated; wins over <see cref="Token"/>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The namespace for commands that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>An HTTP proxy on the way; null for none (the environment's proxies are not asked).</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; init; } = "minik8s";

    /// <summary>
    /// Whether each watch has an HTTP/1.1 connection of its own. For a process that hears of little and shall be woken cheaply: over
    /// HTTP/2 one thread reads the connection and wakes another one for the stream. It costs a connection for each watch; a host that
    /// vanished is found by TCP's probes as soon as by HTTP/2's pings, a server that hangs only by the silence of the watch.
    /// </summary>
    public bool WatchesApart { get; init; }

    /// <summary>How long one request may take, watches and other streams excepted.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);
}

/// <summary>A client certificate and its private key, both PEM; the certificate may be followed by its intermediates.</summary>
public sealed record ClientIdentity(string CertificatePem, string KeyPem)
{
    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => "client certificate";
}
