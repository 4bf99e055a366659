using Microsoft.Extensions.Logging;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>Registers the node, keeps its Lease fresh and its status true, and registers it again when somebody deleted it.</summary>
internal sealed class NodeRegistration(IApiClient client, IContainerEngine engine, KubeletOptions options, TimeProvider clock, ILogger<NodeRegistration> log)
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(5);
    private readonly NodeLease lease = new(client, options.NodeName, clock);

    /// <summary>Creates the Node unless it is there, and gives it a first status and a Lease.</summary>
    public async Task RegisterAsync(CancellationToken cancellationToken)
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

        await lease.RenewAsync(cancellationToken);
        await WriteStatusAsync(isDue: true, cancellationToken);
    }

    /// <summary>Renews the Lease and refreshes the status until cancelled. Survives every failure.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = clock.GetUtcNow() + StatusInterval;
        string? said = null;
        using var timer = new PeriodicTimer(options.HeartbeatInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (await BeatAsync(clock.GetUtcNow() >= due, cancellationToken)) due = clock.GetUtcNow() + StatusInterval;
                said = null;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                if (error.Message != said) log.LogWarning("Heartbeat of node {Node} failed: {Message}", options.NodeName, error.Message);
                said = error.Message;
            }
        }
    }

    private async Task<bool> BeatAsync(bool isDue, CancellationToken cancellationToken)
    {
        await lease.RenewAsync(cancellationToken);
        try
        {
            return await WriteStatusAsync(isDue, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            log.LogWarning("Node {Node} was deleted while its kubelet runs; registering it again", options.NodeName);
            await RegisterAsync(cancellationToken);
            return true;
        }
    }

    // The API is asked each time: the node controller may have marked the node while it was silent, and only the kubelet can say
    // that it is back.
    private async Task<bool> WriteStatusAsync(bool isDue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var node = await client.GetAsync<Node>(null, options.NodeName, cancellationToken);
            var status = await StatusAsync(node.Status, cancellationToken);
            if (!isDue && NodeConditions.SayTheSame(node.Status?.Conditions ?? [], status.Conditions)) return false;
            try
            {
                await client.UpdateAsync(node with { Status = status }, "status", cancellationToken);
                return true;
            }
            catch (ApiException error) when (error.IsConflict)
            {
                // Somebody else wrote the Node in between: read it again.
            }
        }
    }

    private async Task<NodeStatus> StatusAsync(NodeStatus? before, CancellationToken cancellationToken)
    {
        var pressure = NodePressure.Of(NodeReadings.Take(options.DataDirectory));
        try
        {
            var facts = new NodeFacts(await engine.VersionAsync(cancellationToken), await engine.InfoAsync(cancellationToken), pressure);
            return NodeBuilder.Status(before, options, facts, clock.GetUtcNow());
        }
        catch (Exception error) when (error is DockerUnavailableException or DockerApiException)
        {
            return NodeBuilder.NotReady(before, error.Message, pressure, clock.GetUtcNow());
        }
    }
}
