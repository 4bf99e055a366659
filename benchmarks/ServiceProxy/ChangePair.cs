using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Serialization;

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

    /// <summary>What was measured, by kind and by whether the changes were apart.</summary>
    public IReadOnlyDictionary<(string Kind, bool AreApart), ChangeSeries> Series { get; } =
        Kinds.SelectMany(kind => new[] { (kind, false), (kind, true) }).ToDictionary(key => key, _ => new ChangeSeries());

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

    /// <summary>
    /// Makes each of the changes once, here and there by turns, each a while after the one before. So they come to a cluster: what the
    /// kernel put off (freeing memory when all processors have passed a quiet state) is done by then, and other work has the caches.
    /// </summary>
    public async Task MeasureApartAsync(bool isCounted)
    {
        foreach (var (kind, change, sent) in steps)
        {
            await SettleAsync();
            var cost = await ours.ChangeAsync(change);
            await SettleAsync();
            var floor = await bare.ReplayAsync(sent);
            if (isCounted) Series[(kind, true)].Add(cost, floor);
        }
    }

    /// <summary>Makes each of the changes once here, one right after the other, and then there.</summary>
    public async Task MeasureInARowAsync(bool isCounted)
    {
        var costs = await ours.ChangeAsync([.. steps.Select(step => step.Event)]);
        var floors = await bare.ReplayAsync([.. steps.Select(step => step.Sent)]);
        if (!isCounted) return;
        for (var at = 0; at < steps.Count; at++) Series[(steps[at].Kind, false)].Add(costs[at], floors[at]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ours.DisposeAsync();
        await bare.DisposeAsync();
    }

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
