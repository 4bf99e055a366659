using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;

namespace MiniK8s.Kubelet.Nodes;

/// <summary>The Lease by which the control plane sees that the node lives (KEP-589).</summary>
internal sealed class NodeLease(IApiClient client, string node, TimeProvider clock)
{
    private const string Namespace = "kube-node-lease";

    // Four missed renewals make a node count as gone (node-monitor-grace-period of Kubernetes: 40 s).
    private const int Seconds = 40;

    /// <summary>Says that the node lives now; creates the Lease where there is none.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var spec = new LeaseSpec { HolderIdentity = node, LeaseDurationSeconds = Seconds, RenewTime = clock.GetUtcNow() };
        try
        {
            var lease = await client.GetAsync<Lease>(Namespace, node, cancellationToken);
            await client.UpdateAsync(lease with { Spec = spec }, null, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            await client.CreateAsync(new Lease { Metadata = new ObjectMeta { Namespace = Namespace, Name = node }, Spec = spec }, cancellationToken);
        }
    }
}
