using Microsoft.Extensions.Logging;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>Registers the node, keeps its Lease fresh and its status true.</summary>
internal sealed class NodeRegistration(IApiClient client, IContainerEngine engine, KubeletOptions options, TimeProvider clock, ILogger<NodeRegistration> log)
{
    private const string LeaseNamespace = "kube-node-lease";

    // Four missed renewals make a node count as gone (node-monitor-grace-period of Kubernetes: 40 s).
    private const int LeaseSeconds = 40;

    private static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AddressPollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the Node unless it is there, and returns it with a first status.</summary>
    public async Task<Node> RegisterAsync(CancellationToken cancellationToken)
    {
        var version = await engine.VersionAsync(cancellationToken);
        try
        {
            await client.CreateAsync(NodeBuilder.Build(options, version), cancellationToken);
            log.LogInformation("Registered node {Node}", options.NodeName);
        }
        catch (ApiException error) when (error.IsAlreadyExists)
        {
            log.LogInformation("Node {Node} is known already", options.NodeName);
        }

        await RenewLeaseAsync(cancellationToken);
        return await WriteStatusAsync(cancellationToken);
    }

    /// <summary>Waits until the controller manager has given the node its pod subnet.</summary>
    public async Task<string> WaitForSubnetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var node = await client.GetAsync<Node>(null, options.NodeName, cancellationToken);
            if (node.Spec?.PodCIDR is { Length: > 0 } subnet) return subnet;
            await Task.Delay(AddressPollInterval, clock, cancellationToken);
        }
    }

    /// <summary>Renews the Lease and refreshes the status until cancelled. Survives every failure.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var statusDue = clock.GetUtcNow() + StatusInterval;
        string? known = null;
        using var timer = new PeriodicTimer(options.HeartbeatInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await RenewLeaseAsync(cancellationToken);
                var trouble = await EngineTroubleAsync(cancellationToken);
                if (trouble == known && clock.GetUtcNow() < statusDue && await IsReadyAsync(cancellationToken)) continue;
                await WriteStatusAsync(cancellationToken);
                (known, statusDue) = (trouble, clock.GetUtcNow() + StatusInterval);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                log.LogWarning("Heartbeat of node {Node} failed: {Message}", options.NodeName, error.Message);
            }
        }
    }

    private async Task<string?> EngineTroubleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.VersionAsync(cancellationToken);
            return null;
        }
        catch (DockerUnavailableException error)
        {
            return error.Message;
        }
    }

    // While the node was silent the node controller may have marked it; only the kubelet can say that it is back.
    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        var node = await client.GetAsync<Node>(null, options.NodeName, cancellationToken);
        return node.Status?.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
    }

    private async Task<Node> WriteStatusAsync(CancellationToken cancellationToken)
    {
        var trouble = await EngineTroubleAsync(cancellationToken);
        while (true)
        {
            var node = await client.GetAsync<Node>(null, options.NodeName, cancellationToken);
            var status = trouble is null
                ? NodeBuilder.Status(node.Status, options, await engine.VersionAsync(cancellationToken), await engine.InfoAsync(cancellationToken), clock.GetUtcNow())
                : NodeBuilder.NotReady(node.Status, trouble, clock.GetUtcNow());
            try
            {
                return await client.UpdateAsync(node with { Status = status }, "status", cancellationToken);
            }
            catch (ApiException error) when (error.IsConflict)
            {
                // Somebody else wrote the Node in between: read it again.
            }
        }
    }

    private async Task RenewLeaseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            var lease = await client.GetAsync<Lease>(LeaseNamespace, options.NodeName, cancellationToken);
            await client.UpdateAsync(lease with { Spec = Spec(now) }, null, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            var metadata = new ObjectMeta { Namespace = LeaseNamespace, Name = options.NodeName };
            await client.CreateAsync(new Lease { Metadata = metadata, Spec = Spec(now) }, cancellationToken);
        }
    }

    private LeaseSpec Spec(DateTimeOffset now) => new() { HolderIdentity = options.NodeName, LeaseDurationSeconds = LeaseSeconds, RenewTime = now };
}
