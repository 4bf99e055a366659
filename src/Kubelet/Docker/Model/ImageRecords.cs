namespace MiniK8s.Kubelet.Docker;

/// <summary>An image that the engine has.</summary>
public sealed record ImageDetails
{
    /// <summary><c>sha256:…</c> of its configuration.</summary>
    public required string Id { get; init; }

    /// <summary>Names with tags; empty when another image took them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Names with the digest that a registry knows; empty for images made here.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    public long SizeBytes { get; init; }

    /// <summary>The user that its containers run as unless told otherwise; empty for root.</summary>
    public string User { get; init; } = string.Empty;

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>As <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public string WorkingDirectory { get; init; } = string.Empty;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>An image as a list shows it.</summary>
/// <param name="Id"><c>sha256:…</c>.</param>
/// <param name="Tags">Names with tags.</param>
/// <param name="Digests">Names with digests.</param>
/// <param name="SizeBytes">On this host's disk, shared layers counted whole.</param>
/// <param name="CreatedAt">When it was built.</param>
public sealed record ImageSummary(
    string Id, IReadOnlyList<string> Tags, IReadOnlyList<string> Digests, long SizeBytes, DateTimeOffset CreatedAt);

/// <summary>Who pulls.</summary>
/// <param name="User">The account's name.</param>
/// <param name="Password">Its password or access token.</param>
/// <param name="Registry">The registry's host, for example <c>registry.example.org</c>; empty for the default one.</param>
public sealed record RegistryCredentials(string User, string Password, string Registry)
{
    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"{User} at {Registry}";
}

/// <summary>A step of a pull.</summary>
/// <param name="Layer">The layer's short id; empty for the image as a whole.</param>
/// <param name="Status">In the engine's words.</param>
/// <param name="Current">Bytes done; null when the step is not counted.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record PullProgress(string Layer, string Status, long? Current, long? Total);

/// <summary>What a container of an imported image does unless told otherwise.</summary>
public sealed record ImportedImage
{
    /// <summary>Name and tag, for example <c>minik8s/example:1</c>.</summary>
    public required string Reference { get; init; }

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports that it listens on, as <c>8080/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
