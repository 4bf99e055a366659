using System.Net;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

public sealed partial class DockerClient
{
    public async Task<NetworkDetails?> FindNetworkAsync(string network, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Get($"/networks/{DockerRequest.Segment(network)}");
        return await _transport.FindAsync(request, DockerJson.Default.NetworkBody, cancellationToken) is { } body
            ? DockerMapping.ToNetwork(body)
            : null;
    }

    public async Task<IReadOnlyList<NetworkDetails>> ListNetworksAsync(CancellationToken cancellationToken = default)
    {
        var bodies = await _transport.ReadAsync(DockerRequest.Get("/networks"), DockerJson.Default.NetworkBodyArray, cancellationToken);
        return [.. bodies.Select(DockerMapping.ToNetwork)];
    }

    public async Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken = default)
    {
        var body = new CreateNetworkBody
        {
            Name = spec.Name,
            CheckDuplicate = true,
            Driver = spec.Driver,
            Internal = spec.Internal,
            IPAM = spec.Subnet is null ? null : new IpamBody([new IpamConfigBody(spec.Subnet, spec.Gateway, spec.AddressRange)]),
            Options = spec.Options,
            Labels = spec.Labels,
        };
        var request = DockerRequest.Post("/networks/create").WithBody(body, DockerJson.Default.CreateNetworkBody);
        return (await _transport.ReadAsync(request, DockerJson.Default.CreatedBody, cancellationToken)).Id;
    }

    public Task RemoveNetworkAsync(string network, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            DockerRequest.Delete($"/networks/{DockerRequest.Segment(network)}"), cancellationToken, HttpStatusCode.NotFound);

    public Task ConnectNetworkAsync(string network, string container, string? address, CancellationToken cancellationToken = default)
    {
        var body = new ConnectBody(container, address is null ? null : new EndpointConfigBody(new EndpointAddressBody(address)));
        var request = DockerRequest.Post($"/networks/{DockerRequest.Segment(network)}/connect").WithBody(body, DockerJson.Default.ConnectBody);
        return _transport.SendAsync(request, cancellationToken);
    }

    public Task DisconnectNetworkAsync(string network, string container, CancellationToken cancellationToken = default)
    {
        var request = DockerRequest.Post($"/networks/{DockerRequest.Segment(network)}/disconnect")
            .WithBody(new DisconnectBody(container, Force: true), DockerJson.Default.DisconnectBody);
        return _transport.SendAsync(request, cancellationToken);
    }
}
