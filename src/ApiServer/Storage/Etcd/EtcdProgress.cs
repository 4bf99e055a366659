using System.Collections.Immutable;
using System.Threading.Channels;
using MiniK8s.ApiServer.Storage.Etcd.Messages;

namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>
/// Sees to it that watches report progress: when asked, when they begin, and every few seconds. Requests at the same time are
/// one request. A member does not answer while a watch still catches up; what stays unanswered is asked again.
/// </summary>
internal sealed class EtcdProgress : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    // Below the operations that etcd allows in one transaction.
    private const int FencesAtOnce = 100;

    private readonly EtcdClient _client;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _loop;
    private ImmutableHashSet<EtcdWatch> _watches = [];
    private Task _sending = Task.CompletedTask;
    private Task? _next;

    internal EtcdProgress(EtcdClient client, TimeProvider clock, ILogger log)
    {
        _client = client;
        _clock = clock;
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    internal void Add(EtcdWatch watch) => ImmutableInterlocked.Update(ref _watches, set => set.Add(watch));

    internal void Remove(EtcdWatch watch) => ImmutableInterlocked.Update(ref _watches, set => set.Remove(watch));

    /// <summary>Makes the watches that want progress be asked for it soon.</summary>
    internal void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Asks all watches for progress. The request goes out after this call began, though perhaps together with others.</summary>
    internal Task RequestAsync()
    {
        lock (_gate)
        {
            return _next ??= SendAfterAsync(_sending);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task SendAfterAsync(Task before)
    {
        // Never completes synchronously: the caller stores this task first.
        await before.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.RunContinuationsAsynchronously, TaskScheduler.Default);
        await Task.Yield();
        lock (_gate)
        {
            _sending = _next ?? Task.CompletedTask;
            _next = null;
        }

        foreach (var watch in _watches)
        {
            watch.ProgressWanted = true;
        }

        await SendAsync([.. _watches]);
    }

    private async Task SendAsync(IReadOnlyList<EtcdWatch> watches)
    {
        foreach (var watch in watches.Where(watch => !watch.NeedsFence))
        {
            await watch.SendProgressRequestAsync(_stop.Token);
        }

        foreach (var fences in watches.Where(watch => watch.NeedsFence).Select(watch => watch.FenceKey).Distinct().Chunk(FencesAtOnce))
        {
            var request = new TxnRequest();
            request.Success.AddRange(fences.Select(key => new RequestOp { Put = new PutRequest { Key = EtcdMessages.Bytes(key) } }));
            await _client.TxnAsync(request, _stop.Token);
        }
    }

    private async Task RunAsync()
    {
        var healthy = true;
        var latest = _clock.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await WaitAsync();
                if (_clock.GetElapsedTime(latest) >= Interval)
                {
                    latest = _clock.GetTimestamp();
                    await RequestAsync();
                }
                else
                {
                    await SendAsync([.. _watches.Where(watch => watch.ProgressWanted)]);
                }

                healthy = true;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (healthy)
                {
                    _log.LogWarning("Watches cannot be asked for progress: {Reason}", e.Message);
                }

                healthy = false;
            }
        }
    }

    // Until somebody wakes the loop, or for one tick.
    private async Task WaitAsync()
    {
        using var tick = new CancellationTokenSource(Tick, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tick.Token, _stop.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // The tick.
        }
    }
}
