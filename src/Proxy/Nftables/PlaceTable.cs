using System.Runtime.InteropServices;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// The places where packets come in, and what is in the table for each. Where several Service ports claim one place, as two
/// Services with the same external IP may, the first by name that forwards has it, as with the order of kube-proxy's rules.
/// </summary>
internal sealed class PlaceTable(PlaceWriter writer)
{
    private readonly Dictionary<PlaceKey, Place> places = [];
    private readonly List<PlaceKey> changed = [];

    /// <summary>Every place with what is written for it.</summary>
    public IEnumerable<(PlaceKey Key, PlaceTarget Target)> All =>
        places.Where(place => place.Value.Written is not null).Select(place => (place.Key, place.Value.Written!));

    /// <summary>Notes what a Service port claims now instead of before. Nothing is written before <see cref="Write"/>.</summary>
    public void Change(ServicePortName name, PortPlan? before, PortPlan? now)
    {
        foreach (var (key, _) in before?.Places ?? [])
        {
            places[key].Drop(name);
            changed.Add(key);
        }
        foreach (var (key, target) in now?.Places ?? [])
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out _);
            (place ??= new Place()).Claim(name, target);
            changed.Add(key);
        }
    }

    /// <summary>Writes the difference at every place that was noted.</summary>
    public void Write(NftTransaction table)
    {
        foreach (var key in changed)
        {
            if (!places.TryGetValue(key, out var place)) continue;
            var wanted = place.Wanted;
            if (!ReferenceEquals(place.Written, wanted)) writer.Write(table, key, place.Written, wanted);
            place.Written = wanted;
            if (wanted is null) places.Remove(key);
        }
        changed.Clear();
    }

    /// <summary>Gives back the room that was taken in advance.</summary>
    public void TrimExcess()
    {
        places.TrimExcess();
        changed.TrimExcess();
    }

    /// <summary>One place, with all who claim it; nearly always one.</summary>
    private sealed class Place
    {
        private SortedDictionary<ServicePortName, PlaceTarget>? several;
        private PlaceTarget? only;

        public PlaceTarget? Written { get; set; }

        public PlaceTarget? Wanted => several is null
            ? only
            : several.Values.FirstOrDefault(target => target.ForwardsAll) ?? several.Values.FirstOrDefault(target => target.Forwards) ?? several.First().Value;

        public void Claim(ServicePortName name, PlaceTarget target)
        {
            if (several is null && (only is null || only.Port.Name == name))
            {
                only = target;
                return;
            }
            several ??= new() { [only!.Port.Name] = only };
            several[name] = target;
        }

        public void Drop(ServicePortName name)
        {
            if (several is null)
            {
                only = null;
                return;
            }
            several.Remove(name);
            if (several.Count > 1) return;
            only = several.Values.FirstOrDefault();
            several = null;
        }
    }
}
