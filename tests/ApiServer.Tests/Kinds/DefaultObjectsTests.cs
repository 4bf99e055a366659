using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

public sealed class DefaultObjectsTests
{
    [Fact]
    public void A15_the_service_kubernetes_has_the_first_address_and_is_complete()
    {
        var kind = new ServiceKind(ServiceNetwork.Default);
        var service = kind.Created(DefaultObjects.Service(ServiceNetwork.Default, 6443));
        Assert.Equal("10.96.0.1", service.Spec!.ClusterIP);
        Assert.Equal(443, service.Spec.Ports[0].Port);
        Assert.Equal(6443, service.Spec.Ports[0].TargetPort!.Value.Number);
        Assert.True(kind.IsComplete(service));
    }

    [Fact]
    public void Its_endpoints_are_valid_for_an_address_that_pods_can_reach()
    {
        var endpoints = new EndpointsKind().Created(DefaultObjects.Endpoints("192.0.2.1", 6443));
        var slice = new EndpointSliceKind().Created(DefaultObjects.EndpointSlice("192.0.2.1", 6443));
        Assert.Equal("192.0.2.1", endpoints.Subsets[0].Addresses[0].Ip);
        Assert.Equal("192.0.2.1", slice.Endpoints[0].Addresses[0]);
        Assert.Equal("kubernetes", slice.Metadata.Labels["kubernetes.io/service-name"]);
    }

    [Fact]
    public void W3_a_loopback_address_gives_valid_objects_without_endpoints()
    {
        Assert.Empty(new EndpointsKind().Created(DefaultObjects.Endpoints("127.0.0.1", 6443)).Subsets);
        Assert.Empty(new EndpointSliceKind().Created(DefaultObjects.EndpointSlice("127.0.0.1", 6443)).Endpoints);
    }

    [Fact]
    public void Namespaces_are_valid_and_labelled_with_their_names()
    {
        var kind = new NamespaceKind();
        Assert.Equal(["default", "kube-system", "kube-public", "kube-node-lease"],
            DefaultObjects.Namespaces.Select(value => kind.Created(value).Metadata.Labels["kubernetes.io/metadata.name"]));
    }
}
