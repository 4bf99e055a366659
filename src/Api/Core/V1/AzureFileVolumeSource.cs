using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>Obsolete: Azure file share.</summary>
public sealed record AzureFileVolumeSource
{
    /// <summary>Whether it is mounted read-only; false unless given.</summary>
    [Proto(3)]
    public bool? ReadOnly { get; init; }

    /// <summary>Secret with account and key.</summary>
    [Proto(1), Required]
    public string SecretName { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the share.</summary>
    [Proto(2), Required]
    public string ShareName { get; init => field = value ?? ""; } = "";
}
