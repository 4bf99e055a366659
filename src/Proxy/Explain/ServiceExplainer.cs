using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// Explains a Service on a node. Pure: the model is made by the same tracker, and judged by the same rules, as when the kernel is
/// programmed; only the words are made here.
/// </summary>
internal static class ServiceExplainer
{
    /// <summary>Explains a Service to whoever asks about packets from <paramref name="origins"/>.</summary>
    /// <param name="asked">The objects.</param>
    /// <param name="settings">How the proxy works.</param>
    /// <param name="origins">Where the packets come from.</param>
    /// <param name="rulesOf">The backend's rules for a family; null where it cannot tell them.</param>
    public static Explanation Explain(ExplainedObjects asked, ExplainSettings settings, IReadOnlyList<PacketOrigin> origins, Func<IpFamily, IRuleText?> rulesOf)
    {
        var key = ObjectKey.Of(asked.Service);
        return new Explanation($"{key.Namespace}/{key.Name}", settings.Options.NodeName)
        {
            Notes = [.. settings.Notes, .. NodeNotes(asked, settings)],
            Families = [.. FamiliesOf(asked.Service, settings).Select(family => Family(family, asked, settings, origins, rulesOf(family)))],
        };
    }

    /// <summary>The families that the proxy programs; all that the Service has where that is not known.</summary>
    private static IEnumerable<IpFamily> FamiliesOf(Service service, ExplainSettings settings)
    {
        var programmed = settings.Options.Families;
        if (settings.KnowsPods || programmed.Contains(IpFamily.V6)) return programmed;
        return new ServiceReader(IpFamily.V6, settings.Options.Balancing).WhyNot(service) == Unprogrammed.No ? [IpFamily.V4, IpFamily.V6] : programmed;
    }

    private static IEnumerable<string> NodeNotes(ExplainedObjects asked, ExplainSettings settings)
    {
        if (asked.Node is null) yield return $"the API has no Node {settings.Options.NodeName}: no endpoint counts as on this node, and the node has no zone";
    }

    private static FamilyExplanation Family(
        IpFamily family, ExplainedObjects asked, ExplainSettings settings, IReadOnlyList<PacketOrigin> origins, IRuleText? rules)
    {
        var why = new ServiceReader(family, settings.Options.Balancing).WhyNot(asked.Service);
        if (why != Unprogrammed.No) return new FamilyExplanation(family.Name) { NotProgrammed = Text(why, family, asked.Service) };
        var model = ModelOf(family, asked, settings);
        var explainer = new PortExplainer(asked, model, settings, origins);
        return new FamilyExplanation(family.Name)
        {
            Ports = [.. model.Services.Values.OrderBy(state => state.Port.Port).ThenBy(state => state.Port.Name).Select(state => explainer.Explain(state, rules?.RulesOf(model, state.Port.Name) ?? []))],
            LeftOut = [.. LeftOut(family, asked, settings)],
        };
    }

    private static ProxyModel ModelOf(IpFamily family, ExplainedObjects asked, ExplainSettings settings)
    {
        var tracker = new ChangeTracker(settings.TrackerOf(family));
        tracker.SetNodePortAddresses(settings.NodePortAddresses(family));
        tracker.Apply(New(asked.Service));
        foreach (var slice in asked.Slices) tracker.Apply(New(slice));
        if (asked.Node is { } node) tracker.Apply(New(node));
        return tracker.Take().Current;
    }

    private static CacheChange<T> New<T>(T value) where T : class, IResource<T> => new(ObjectKey.Of(value), null, value);

    private static IEnumerable<string> LeftOut(IpFamily family, ExplainedObjects asked, ExplainSettings settings)
    {
        var reader = new SliceReader(family, settings.Options.NodeName);
        var found = new List<LeftOut>();
        foreach (var slice in asked.Slices)
        {
            if (reader.ServiceOf(slice) is not null) reader.Read(slice, found);
            else if (slice.AddressType is not ("IPv4" or "IPv6")) found.Add(new LeftOut(slice.Metadata.Name ?? "", "all of it", $"its addresses are of type {slice.AddressType}"));
            else if (slice.AddressType == family.Name && SliceReader.OtherProxyLabelOf(slice) is { } label) found.Add(new LeftOut(slice.Metadata.Name ?? "", "all of it", $"its label {label} leaves it to others"));
        }
        return found.Select(part => $"slice {part.Slice}: {part.What} is passed over: {part.Why}");
    }

    private static string Text(Unprogrammed why, IpFamily family, Service service) => why switch
    {
        Unprogrammed.ExternalName => $"type ExternalName: the cluster's DNS answers with {service.Spec?.ExternalName}, and packets never meet this proxy",
        Unprogrammed.OtherProxy => $"the label {ServiceReader.OtherProxyLabel} leaves it to the proxy {service.Metadata.Labels[ServiceReader.OtherProxyLabel]}",
        Unprogrammed.Headless => "it is headless: the cluster's DNS answers with the pods' own addresses, and packets go there without rules",
        Unprogrammed.NoAddressYet => "it has no cluster IP yet",
        _ => $"it has no {family.Name} cluster IP",
    };
}

/// <summary>What is explained, as the API gives it.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Slices">All slices that name it.</param>
/// <param name="Node">The node; null where the API has none of that name.</param>
internal sealed record ExplainedObjects(Service Service, IReadOnlyList<EndpointSlice> Slices, Node? Node);
