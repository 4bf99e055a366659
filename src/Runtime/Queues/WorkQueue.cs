using System.Threading.Channels;

namespace MiniK8s.Runtime.Queues;

/// <summary>
/// Items waiting to be worked on. Guarantees (client-go's workqueue, with one place per item as in controller-runtime):
/// <list type="number">
/// <item>An item is handed out once however often it was added before.</item>
/// <item>An item is never handed out while somebody works on it; added meanwhile, it comes again after <see cref="Done"/>.</item>
/// <item>Of several delays for one item the earliest counts; an immediate <see cref="Add"/> is the earliest of all.</item>
/// <item>An item added before <see cref="ShutDown"/> and ready is still handed out; delayed ones are dropped.</item>
/// </list>
/// </summary>
public sealed class WorkQueue<T> : IDisposable where T : notnull
{
    private readonly TimeProvider _clock;
    private readonly WorkQueueOptions _options;
    private readonly Random _random;
    private readonly ITimer _timer;
    private readonly Channel<T> _ready = Channel.CreateUnbounded<T>();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lock _gate = new();
    private readonly HashSet<T> _dirty = [];
    private readonly HashSet<T> _processing = [];
    private readonly DelayedItems<T> _delayed = new();
    private readonly Dictionary<T, int> _failures = [];
    private bool _closed;

    /// <summary>An empty queue.</summary>
    /// <param name="clock">Whose time the delays are.</param>
    /// <param name="options">Pauses after failures.</param>
    /// <param name="random">The jitter; null for the shared one.</param>
    public WorkQueue(TimeProvider clock, WorkQueueOptions? options = null, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _options = options ?? new();
        _random = random ?? Random.Shared;
        _timer = clock.CreateTimer(_ => MoveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when, after <see cref="ShutDown"/>, nothing is ready and nobody works any more.</summary>
    public Task Drained => _drained.Task;

    /// <summary>How many items are ready or delayed; those being worked on are not counted.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _dirty.Count + _delayed.Count;
            }
        }
    }

    /// <summary>Makes an item ready now.</summary>
    public void Add(T item)
    {
        lock (_gate)
        {
            AddLocked(item);
        }
    }

    /// <summary>Makes an item ready after a delay, unless it is or becomes ready earlier.</summary>
    public void AddAfter(T item, TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay <= TimeSpan.Zero)
            {
                AddLocked(item);
            }
            else if (!_closed && !_dirty.Contains(item))
            {
                _delayed.Add(item, Later(delay));
                ArmTimer();
            }
        }
    }

    /// <summary>Counts a failure of the item and makes it ready after the pause that its number of failures calls for.</summary>
    /// <returns>The pause.</returns>
    public TimeSpan AddAfterFailure(T item)
    {
        TimeSpan delay;
        lock (_gate)
        {
            var failures = _failures.GetValueOrDefault(item);
            _failures[item] = failures + 1;
            delay = _options.Delay(failures, _random.NextDouble());
        }

        AddAfter(item, delay);
        return delay;
    }

    /// <summary>Forgets the failures of an item: to be called when it succeeded, or will not be retried.</summary>
    public void Forget(T item)
    {
        lock (_gate)
        {
            _failures.Remove(item);
        }
    }

    /// <summary>
    /// Waits for an item and takes it. The taker must call <see cref="Done"/>, whatever happens. False when the queue is shut
    /// down and empty.
    /// </summary>
    public async ValueTask<(bool Taken, T Item)> TakeAsync(CancellationToken cancellationToken = default)
    {
        while (await _ready.Reader.WaitToReadAsync(cancellationToken))
        {
            lock (_gate)
            {
                if (_ready.Reader.TryRead(out var item))
                {
                    _dirty.Remove(item);
                    _processing.Add(item);
                    return (true, item);
                }
            }
        }

        return (false, default!);
    }

    /// <summary>The work on an item taken is over. If it was added meanwhile it is ready again.</summary>
    public void Done(T item)
    {
        lock (_gate)
        {
            _processing.Remove(item);
            if (_dirty.Contains(item) && !_ready.Writer.TryWrite(item))
            {
                // Shut down: whoever starts next begins from the level anyway.
                _dirty.Remove(item);
            }

            CheckDrained();
        }
    }

    /// <summary>Takes no more items; see <see cref="Drained"/>.</summary>
    public void ShutDown()
    {
        lock (_gate)
        {
            _closed = true;
            _ready.Writer.TryComplete();
            while (_delayed.TryTake(long.MaxValue, out _))
            {
            }

            CheckDrained();
        }
    }

    /// <summary>Shuts down and stops the timer.</summary>
    public void Dispose()
    {
        ShutDown();
        _timer.Dispose();
    }

    // Caller holds _gate.
    private void AddLocked(T item)
    {
        if (_closed)
        {
            return;
        }

        _delayed.Remove(item);
        if (_dirty.Add(item) && !_processing.Contains(item))
        {
            _ready.Writer.TryWrite(item);
        }
    }

    private void MoveDue()
    {
        lock (_gate)
        {
            while (_delayed.TryTake(_clock.GetTimestamp(), out var item))
            {
                AddLocked(item);
            }

            ArmTimer();
        }
    }

    // Caller holds _gate.
    private void ArmTimer()
    {
        if (_delayed.Next is not { } due)
        {
            return;
        }

        // Rounded up to what timers count in: one that fires a hair early would find nothing due.
        var wait = Math.Ceiling(_clock.GetElapsedTime(_clock.GetTimestamp(), due).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, wait)), Timeout.InfiniteTimeSpan);
    }

    // Caller holds _gate.
    private void CheckDrained()
    {
        if (_closed && _processing.Count == 0 && _dirty.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    private long Later(TimeSpan delay) => _clock.GetTimestamp() + (long)(delay.TotalSeconds * _clock.TimestampFrequency);
}
