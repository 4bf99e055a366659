using MiniK8s.Api;

namespace MiniK8s.Runtime.Controllers;

/// <summary>
/// Brings the world nearer to what one object asks for. Level-triggered: it decides from what it reads now, never from the event
/// that woke it; called again it does nothing more. The same key never runs twice at once.
/// </summary>
public interface IReconciler
{
    /// <summary>
    /// Reconciles one key. An exception means: again, with back-off (a <see cref="TerminalException"/>: not before the next
    /// change). <see cref="ReconcileResult.After"/> means: again after that time even if nothing changes.
    /// </summary>
    ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}

/// <summary>What a reconciliation asks for.</summary>
public readonly record struct ReconcileResult
{
    /// <summary>When to look again; null for the next change.</summary>
    public TimeSpan? Delay { get; private init; }

    /// <summary>Nothing more to do until something changes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>Look again after <paramref name="delay"/>.</summary>
    public static ReconcileResult After(TimeSpan delay) => new() { Delay = delay };
}

/// <summary>A failure that no retry can mend; it is logged and counted, and the key rests until it changes.</summary>
public sealed class TerminalException(string message, Exception? inner = null) : Exception(message, inner);
