using MiniK8s.Api;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.EndpointSlices;

/// <summary>Reads and writes the slices of one controller.</summary>
internal sealed class SliceWriter(IApiClient client, ICache<EndpointSlice> slices, SliceTracker tracker, string managedBy)
{
    /// <summary>How soon a cache that is behind is looked at again; its next change comes earlier as a rule.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(1);

    /// <summary>The writer of the controller <paramref name="managedBy"/>.</summary>
    public static SliceWriter Of(ControllerParts parts, string managedBy) =>
        new(parts.Client, parts.Cache<EndpointSlice>(), new SliceTracker(parts.Cache<EndpointSlice>(), parts.Clock), managedBy);

    /// <summary>Lets a controller hear of its slices: of changes by others, and of those of its own that it waits for.</summary>
    public Controller WatchBy(Controller controller) => controller.Watch(slices, change =>
    {
        tracker.Observe(change);
        var slice = change.Current ?? change.Previous!;
        return slice.Metadata.Labels.GetValueOrDefault(WellKnown.ManagedByLabel) == managedBy ? [SliceTracker.ServiceOf(slice)] : [];
    });

    /// <summary>The slices that this controller made for a Service; null while the cache is behind what was written.</summary>
    public IReadOnlyList<EndpointSlice>? Read(ObjectKey service) => tracker.IsBehind(service) ? null
        : [.. slices.List(service.Namespace).Where(s =>
            s.Metadata.Labels.GetValueOrDefault(WellKnown.ServiceNameLabel) == service.Name
            && s.Metadata.Labels.GetValueOrDefault(WellKnown.ManagedByLabel) == managedBy
            && s.Metadata.DeletionTimestamp is null)];

    /// <summary>What to answer when <see cref="Read"/> was null.</summary>
    public static ReconcileResult Later => ReconcileResult.After(CatchUp);

    /// <summary>
    /// Carries a plan out: all of it, also where a part fails; the first failure is thrown at the end. In a namespace that is being
    /// deleted nothing new is made.
    /// </summary>
    public async Task WriteAsync(SlicePlan plan, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var slice in plan.Create) await TryAsync(async () => tracker.Written(await client.CreateAsync(slice, cancellationToken)));
        foreach (var slice in plan.Update) await TryAsync(async () => tracker.Written(await client.UpdateAsync(slice, cancellationToken: cancellationToken)));
        foreach (var slice in plan.Delete)
        {
            await TryAsync(async () =>
            {
                await client.DeleteExactlyAsync(slice, null, cancellationToken);
                tracker.Deleted(slice);
            });
        }

        if (failure is not null) throw failure;

        async Task TryAsync(Func<Task> write)
        {
            try
            {
                await write();
            }
            catch (ApiException refusal) when (refusal.IsNamespaceTerminating)
            {
                // Everything in the namespace goes.
            }
            catch (Exception e) when (e is ApiException or HttpRequestException)
            {
                failure ??= e;
            }
        }
    }
}
