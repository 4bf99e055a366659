using MiniK8s.Api.Decoding;

namespace MiniK8s.ApiServer.Registry;

/// <summary>The answer to a write.</summary>
/// <param name="Code">200, 201 or 202.</param>
/// <param name="Json">The object as it is now, or a Status.</param>
/// <param name="Warnings">Texts for <c>Warning</c> headers.</param>
internal sealed record WriteOutcome(int Code, ReadOnlyMemory<byte> Json, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether <see cref="Json"/> is an object of the kind, and not a Status or an object of another kind.</summary>
    public bool IsObject { get; init; } = true;
}

/// <summary>How a client wants its write to be done.</summary>
internal sealed record WriteOptions
{
    /// <summary>Do everything but write.</summary>
    public bool DryRun { get; init; }

    /// <summary>What to do with fields that the kind does not have.</summary>
    public FieldValidation FieldValidation { get; init; } = FieldValidation.Warn;

    /// <summary>Warnings collected on the way.</summary>
    public List<string> Warnings { get; } = [];
}
