namespace MiniK8s.Runtime.Controllers;

/// <summary>How reconciliations ended.</summary>
public enum ReconcileOutcome
{
    /// <summary>Nothing more to do.</summary>
    Success,

    /// <summary>To be looked at again after a time.</summary>
    After,

    /// <summary>Somebody else wrote the object meanwhile; retried, and no error.</summary>
    Conflict,

    /// <summary>An exception; retried with back-off.</summary>
    Error,

    /// <summary>A <see cref="TerminalException"/>; not retried.</summary>
    Terminal,
}

/// <summary>Counts of a controller since it began. Reading them while it runs is safe.</summary>
public sealed class ControllerCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<ReconcileOutcome>().Length];

    /// <summary>How many reconciliations ended so.</summary>
    public long this[ReconcileOutcome outcome] => Interlocked.Read(ref _counts[(int)outcome]);

    /// <summary>All of them.</summary>
    public long Total => Enum.GetValues<ReconcileOutcome>().Sum(outcome => this[outcome]);

    internal void Add(ReconcileOutcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);
}
