using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Benchmarks.Measuring;

namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>The proxy's backend with so many Services, and its bare twin.</summary>
internal sealed class ChangePair : IAsyncDisposable
{
    /// <summary>The kinds of changes: one pod takes another's place; one pod goes and comes back.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["one endpoint replaced by another", "one endpoint gone, and back"];

    private readonly ProgrammedNode ours;
    private readonly BareKernel bare;
    private readonly List<(string Kind, byte[] Event, Recording Sent)> steps = [];

    private ChangePair(ProgrammedNode ours, BareKernel bare, int services) => (this.ours, this.bare, Services) = (ours, bare, services);

    /// <summary>How many there are.</summary>
    public int Services { get; }

    /// <summary>Microseconds of the proxy's code, by kind.</summary>
    public IReadOnlyDictionary<string, Samples> Ours { get; } = Kinds.ToDictionary(kind => kind, _ => new Samples());

    /// <summary>Microseconds of the bare twin.</summary>
    public IReadOnlyDictionary<string, Samples> Bare { get; } = Kinds.ToDictionary(kind => kind, _ => new Samples());

    /// <summary>The one divided by the other, change by change.</summary>
    public IReadOnlyDictionary<string, Samples> Ratios { get; } = Kinds.ToDictionary(kind => kind, _ => new Samples());

    /// <summary>Parts, in microseconds, and garbage, in bytes.</summary>
    public IReadOnlyDictionary<string, (Samples Decoding, Samples Tracking, Samples Allocated)> Costs { get; } =
        Kinds.ToDictionary(kind => kind, _ => (new Samples(), new Samples(), new Samples()));

    /// <summary>What a change sends, for example.</summary>
    public IReadOnlyDictionary<string, Recording> Sent => Kinds.ToDictionary(kind => kind, kind => steps.Last(step => step.Kind == kind).Sent);

    /// <summary>Programs both.</summary>
    /// <param name="mode">The backend.</param>
    /// <param name="services">How many Services.</param>
    /// <param name="endpoints">Endpoints of each.</param>
    /// <param name="targets">How many of the Services will change.</param>
    public static async Task<ChangePair> CreateAsync(string mode, int services, int endpoints, int targets)
    {
        var ours = await ProgrammedNode.CreateAsync(mode);
        var pair = new ChangePair(ours, await BareKernel.CreateAsync(mode), services);
        try
        {
            await pair.PrepareAsync(endpoints, Math.Min(targets, services));
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes each of the changes once, here and there by turns.</summary>
    public async Task MeasureAsync(bool isCounted)
    {
        foreach (var (kind, change, sent) in steps)
        {
            await SettleAsync();
            var cost = await ours.ChangeAsync(change);
            await SettleAsync();
            var floor = await bare.ReplayAsync(sent);
            if (!isCounted) continue;
            Ours[kind].Add(cost.Whole.TotalMicroseconds);
            Bare[kind].Add(floor.TotalMicroseconds);
            Ratios[kind].Add(cost.Whole / floor);
            Costs[kind].Decoding.Add(cost.Decoding.TotalMicroseconds);
            Costs[kind].Tracking.Add(cost.Tracking.TotalMicroseconds);
            Costs[kind].Allocated.Add(cost.Allocated);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ours.DisposeAsync();
        await bare.DisposeAsync();
    }

    /// <summary>
    /// Changes are far apart: when one comes, what the kernel put off of the one before (freeing memory when all processors have passed
    /// a quiet state) is long done. Right after another the same bytes take a fifth of the time or all of it, by chance.
    /// </summary>
    private static Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);

    private async Task PrepareAsync(int endpoints, int targets)
    {
        for (var number = 0; number < Services; number++)
        {
            ours.Tell(WorldObjects.Service(number));
            ours.Tell(WorldObjects.Slice(number, endpoints));
        }

        await bare.ReplayAsync(await ours.RecordAsync(() => ours.SyncAsync()));
        // What is sent for a change depends on what was before it: the second time round everything is as it will be each time after.
        for (var time = 0; time < 2; time++)
        {
            steps.Clear();
            for (var target = 0; target < targets; target++) await RecordAsync(target * (Services / targets), endpoints);
        }
    }

    private async Task RecordAsync(int number, int endpoints)
    {
        await StepAsync(Kinds[0], WorldObjects.Slice(number, endpoints, 1));
        await StepAsync(Kinds[0], WorldObjects.Slice(number, endpoints));
        await StepAsync(Kinds[1], WorldObjects.Slice(number, endpoints - 1));
        await StepAsync(Kinds[1], WorldObjects.Slice(number, endpoints));
    }

    private async Task StepAsync(string kind, EndpointSlice slice)
    {
        var change = ApiSerializer.Serialize(slice);
        var sent = await ours.RecordAsync(() => ours.ChangeAsync(change));
        await bare.ReplayAsync(sent);
        steps.Add((kind, change, sent));
    }
}
