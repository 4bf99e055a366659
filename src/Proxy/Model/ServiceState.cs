namespace MiniK8s.Proxy.Model;

/// <summary>A Service port and all endpoints known for it, ready or not, sorted by their text.</summary>
internal sealed record ServiceState(ServicePort Port, ValueArray<ServiceEndpoint> Endpoints)
{
    /// <summary>How many endpoints of this node are ready: what a health-check node port answers.</summary>
    public int LocalReadyEndpoints
    {
        get
        {
            var count = 0;
            foreach (var endpoint in Endpoints) count += endpoint is { IsLocal: true, IsReady: true } ? 1 : 0;
            return count;
        }
    }
}
