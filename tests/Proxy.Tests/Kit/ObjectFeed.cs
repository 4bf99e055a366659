using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Tests.Kit;

/// <summary>Objects as a cache would hand them to trackers: each change with what was before.</summary>
internal sealed class ObjectFeed(params ChangeTracker[] trackers)
{
    private readonly Dictionary<(string Kind, ObjectKey Key), IResource> objects = [];

    public void Put(IEnumerable<IResource> values)
    {
        foreach (var value in values)
        {
            switch (value)
            {
                case Service service:
                    var ofService = Change(service);
                    foreach (var tracker in trackers) tracker.Apply(ofService);
                    break;
                case EndpointSlice slice:
                    var ofSlice = Change(slice);
                    foreach (var tracker in trackers) tracker.Apply(ofSlice);
                    break;
                case Node node:
                    var ofNode = Change(node);
                    foreach (var tracker in trackers) tracker.Apply(ofNode);
                    break;
            }
        }
    }

    public void Remove<T>(string name) where T : class, IResource<T>
    {
        var key = new ObjectKey("shop", name);
        objects.Remove((T.Info.Kind, key), out var previous);
        foreach (var tracker in trackers)
        {
            if (previous is Service service) tracker.Apply(new CacheChange<Service>(key, service, null));
            if (previous is EndpointSlice slice) tracker.Apply(new CacheChange<EndpointSlice>(key, slice, null));
        }
    }

    private CacheChange<T> Change<T>(T value) where T : class, IResource<T>
    {
        var key = ObjectKey.Of(value);
        var previous = objects.GetValueOrDefault((value.Kind, key)) as T;
        objects[(value.Kind, key)] = value;
        return new CacheChange<T>(key, previous, value);
    }
}
