using System.Net;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>
/// The claims of a Service: <c>clusterips/ADDRESS</c> and <c>nodeports/PORT</c>. A node port is claimed for all protocols at once:
/// Kubernetes' allocator knows numbers only, so that UDP of one Service never shares a number with TCP of another.
/// </summary>
internal static class ServiceClaims
{
    public static IReadOnlyList<Claim> Of(Service service)
    {
        var claims = ServiceAllocation.AddressesOf(service).Select(address => Of(service, address)).ToList();
        var seen = new HashSet<int>();
        var spec = service.Spec ?? new();
        for (var index = 0; index < spec.Ports.Count; index++)
        {
            if (spec.Ports[index].NodePort is > 0 and var port && seen.Add(port)) claims.Add(Of(port, $"spec.ports[{index}].nodePort"));
        }
        if (spec.HealthCheckNodePort is > 0 and var health && seen.Add(health)) claims.Add(Of(health, "spec.healthCheckNodePort"));
        return claims;
    }

    public static Claim Of(Service service, IPAddress address) => new(
        $"clusterips/{address}",
        FieldError.Invalid("spec.clusterIPs", service.Spec?.ClusterIPs ?? [], $"failed to allocate IP {address}: provided IP is already allocated"));

    public static Claim Of(int nodePort, string field = "spec.ports[0].nodePort") =>
        new($"nodeports/{nodePort}", FieldError.Invalid(field, nodePort, ServiceNodePortValidation.AlreadyAllocated));
}
