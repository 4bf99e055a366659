namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>How to reach an etcd cluster.</summary>
public sealed record EtcdOptions
{
    /// <summary>The client URLs of its members, http or https; at least one. They are tried in turn.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>A PEM file with the authorities that sign the servers' certificates; the system's when null.</summary>
    public string? CaFile { get; init; }

    /// <summary>A PEM file with this client's certificate; none when null.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the private key of <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long an operation may take, all attempts included, before it fails as unavailable.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads a list of URLs as <c>--etcd-servers</c> has it: separated by commas.</summary>
    /// <exception cref="FormatException">It is empty, or one of them is no http or https URL.</exception>
    public static IReadOnlyList<Uri> ParseEndpoints(string list)
    {
        var texts = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return texts.Length > 0 ? [.. texts.Select(Parse)] : throw new FormatException("the list of etcd servers is empty; give URLs such as http://127.0.0.1:2379");
    }

    /// <summary>Throws where the options cannot work.</summary>
    internal void Validate()
    {
        if (Endpoints.Count == 0)
        {
            throw new ArgumentException("no etcd endpoint is given; give URLs such as http://127.0.0.1:2379 (--etcd-servers)");
        }

        if (CertificateFile is null != KeyFile is null)
        {
            throw new ArgumentException("a client certificate for etcd needs both a certificate file and a key file");
        }

        foreach (var file in new[] { CaFile, CertificateFile, KeyFile }.OfType<string>().Where(file => !File.Exists(file)))
        {
            throw new ArgumentException($"the file '{file}' for connections to etcd does not exist");
        }

        if (RequestTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException($"the request timeout for etcd is {RequestTimeout}; it must be positive");
        }
    }

    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new FormatException($"'{text}' is no URL of an etcd server; give http://HOST:PORT or https://HOST:PORT");
}
