using System.Net;
using MiniK8s.Proxy.Iptables;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Tests.Iptables;

public sealed class ChainNameTests
{
    /// <summary>Names that every cluster made by kubeadm shows.</summary>
    [Theory]
    [InlineData("default", "kubernetes", "https", "Tcp", "KUBE-SVC-NPX46M4PTMTKRN6Y")]
    [InlineData("kube-system", "kube-dns", "dns", "Udp", "KUBE-SVC-TCOU7JCQXEZGVUNU")]
    [InlineData("kube-system", "kube-dns", "dns-tcp", "Tcp", "KUBE-SVC-ERIFXISQEP7F7OF4")]
    public void Names_are_those_of_kube_proxy(string @namespace, string service, string port, string protocol, string expected)
    {
        var name = new ServicePortName(@namespace, service, port, Enum.Parse<TransportProtocol>(protocol));

        Assert.Equal(expected, ChainNames.Cluster(name));
    }

    [Fact]
    public void All_chains_of_a_port_share_its_hash_and_an_endpoint_has_its_own()
    {
        var name = new ServicePortName("shop", "cart", "http", TransportProtocol.Tcp);
        var hash = ChainNames.Cluster(name)["KUBE-SVC-".Length..];

        Assert.Equal("KUBE-SVL-" + hash, ChainNames.Local(name));
        Assert.Equal("KUBE-EXT-" + hash, ChainNames.External(name));
        Assert.Equal("KUBE-FW-" + hash, ChainNames.SourceRanges(name));
        Assert.DoesNotContain(hash, ChainNames.Endpoint(name, new ServiceEndpoint(IPAddress.Parse("10.244.1.1"), 80)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_fit_into_the_kernels_28_characters()
    {
        var name = new ServicePortName(new string('n', 63), new string('s', 63), new string('p', 15), TransportProtocol.Sctp);
        var endpoint = new ServiceEndpoint(IPAddress.Parse("fd00:1111:2222:3333:4444:5555:6666:7777"), 65535);

        Assert.All(
            [ChainNames.Cluster(name), ChainNames.SourceRanges(name), ChainNames.Endpoint(name, endpoint), ChainNames.ExternalServices],
            chain => Assert.True(chain.Length <= 28, chain));
    }

    [Theory]
    [InlineData("KUBE-SVC-ABCDEFGHIJKLMNOP", true)]
    [InlineData("KUBE-XLB-ABCDEFGHIJKLMNOP", true)]
    [InlineData("KUBE-FW-ABCDEFGHIJKLMNOP", true)]
    [InlineData("KUBE-FIREWALL", false)]
    [InlineData("KUBE-SERVICES", false)]
    [InlineData("DOCKER", false)]
    public void Only_chains_of_services_count_as_such(string chain, bool expected) =>
        Assert.Equal(expected, ChainNames.IsServiceChain(chain));
}
