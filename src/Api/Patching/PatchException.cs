namespace MiniK8s.Api.Patching;

/// <summary>Why a patch was not applied.</summary>
public enum PatchFailure
{
    /// <summary>The patch itself is no patch: 400.</summary>
    Malformed,

    /// <summary>It does not fit the object, or its test failed: 422.</summary>
    DoesNotApply,

    /// <summary>It would cost too much: 413.</summary>
    TooLarge,
}

/// <summary>A patch that was not applied. The message names the operation or the field.</summary>
public sealed class PatchException(PatchFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public PatchFailure Failure { get; } = failure;
}
