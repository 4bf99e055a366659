using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>One environment variable of a container.</summary>
public sealed record EnvVar
{
    /// <summary>Name of the variable.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Text of the variable; $(OTHER) stands for one defined before. Empty unless given.</summary>
    [Proto(2)]
    public string? Value { get; init; }

    /// <summary>Where the text comes from, in place of Value.</summary>
    [Proto(3)]
    public EnvVarSource? ValueFrom { get; init; }
}
