namespace MiniK8s.Proxy.Model;

/// <summary>A Service port and all endpoints known for it, ready or not, sorted by their text.</summary>
internal sealed record ServiceState(ServicePort Port, ValueArray<ServiceEndpoint> Endpoints);
