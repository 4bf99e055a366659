using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Modes;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Explain;

/// <summary>
/// <c>--dry-run</c>: what a sync would change in this node's kernel. Its exit code is that of <c>kubectl diff</c>: 0 where nothing
/// would change, 1 where something would, 2 where that cannot be told.
/// </summary>
internal sealed class DryRunCommand(ProxyOptions options, IReadOnlySet<string> given)
{
    private const int NothingToDo = 0;
    private const int Differs = 1;
    private const int Trouble = 2;

    public async Task<int> RunAsync(string? kubeconfig, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var config = ClientConfigs.Load(string.IsNullOrEmpty(kubeconfig) ? KubeConfigFiles.OwnCluster() : kubeconfig);
            using var client = new ApiClient(config with { UserAgent = "minik8s-proxy-dry-run" }, TimeProvider.System);
            return await CompareAsync(new ClusterReader(client), console.Output, cancellationToken);
        }
        catch (Exception e) when (QuestionException.LineFor(e) is not null)
        {
            await console.Error.WriteLineAsync($"error: {QuestionException.LineFor(e)}");
            return Trouble;
        }
    }

    private async Task<int> CompareAsync(ClusterReader reader, TextWriter output, CancellationToken cancellationToken)
    {
        var (settings, knowsNode) = await SettingsReader.ReadAsync(options, given, cancellationToken);
        var (nodeName, node) = await reader.ReadNodeAsync(settings.Options.NodeName, knowsNode, cancellationToken);
        settings = settings with { Options = settings.Options with { NodeName = nodeName } };
        var (services, slices) = await reader.ReadAllAsync(cancellationToken);
        var mode = await ModeAsync(settings.Options, cancellationToken);
        settings = settings with { Options = settings.Options with { Mode = mode.Name } };
        var text = new StringBuilder(DifferenceText.Head(settings));
        var differs = false;
        foreach (var family in settings.Options.Families)
        {
            var model = ModelOf(family, settings, services, slices, node);
            var difference = await mode.DryRunOf(family).CompareAsync(model, cancellationToken);
            text.Append(DifferenceText.Of(family, difference));
            differs |= difference.Changes.Count > 0;
        }
        await output.WriteAsync(text, cancellationToken);
        return differs ? Differs : NothingToDo;
    }

    private static async Task<IProxyMode> ModeAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        var modes = ProxyModes.All(options, new ToolRunner(TimeProvider.System), NullLogger.Instance);
        try
        {
            return await ProxyModes.ChooseAsync(modes, options.Mode, options.Families, NullLogger.Instance, cancellationToken);
        }
        catch (ProxyStartException e)
        {
            throw new DryRunException(e.Message, e);
        }
    }

    private static ProxyModel ModelOf(IpFamily family, ExplainSettings settings, IReadOnlyList<Service> services, IReadOnlyList<EndpointSlice> slices, Node? node)
    {
        var tracker = new ChangeTracker(settings.TrackerOf(family));
        tracker.SetNodePortAddresses(settings.NodePortAddresses(family));
        foreach (var service in services) tracker.Apply(New(service));
        foreach (var slice in slices) tracker.Apply(New(slice));
        if (node is not null) tracker.Apply(New(node));
        return tracker.Take().Current;
    }

    private static CacheChange<T> New<T>(T value) where T : class, IResource<T> => new(ObjectKey.Of(value), null, value);
}
