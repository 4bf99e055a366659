using System.ComponentModel;
using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>Asks the kernel, without changing anything, whether it takes all that a table can hold.</summary>
internal static class NftCapability
{
    private const int NotPermitted = 1;

    /// <summary>Why it does not, in one sentence; null when it does.</summary>
    public static string? WhyNot(INftKernel kernel, NftSettings settings)
    {
        try
        {
            kernel.Check(Everything(settings));
            return null;
        }
        catch (NftException e) when (e.InnerException is Win32Exception { NativeErrorCode: NotPermitted })
        {
            return "nftables mode needs the right to program the kernel's tables: run as root or with CAP_NET_ADMIN";
        }
        catch (NftException e)
        {
            return $"nftables mode needs a kernel with nf_tables of Linux 5.13 or later (CONFIG_NF_TABLES with nat, fib, numgen, ct, masq and reject): {e.Message}";
        }
    }

    /// <summary>A Service for each expression that rules are made of.</summary>
    private static NftTransaction Everything(NftSettings settings)
    {
        var transaction = new NftTransaction(settings.Family);
        NftTable.Create(settings, Model(settings.Family), transaction);
        return transaction;
    }

    private static ProxyModel Model(IpFamily family)
    {
        var (service, balancer, pod) = family == IpFamily.V4
            ? (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"), IPAddress.Parse("192.0.2.3"))
            : (IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"), IPAddress.Parse("2001:db8::3"));
        var port = new ServicePort
        {
            Name = new("probe", "probe", "", TransportProtocol.Tcp),
            ClusterIP = service,
            Port = 80,
            NodePort = 30000,
            LoadBalancerIPs = [balancer],
            SourceRanges = [new IPNetwork(pod, family.AddressBits)],
            AffinitySeconds = 1,
            ExternalLocal = true,
            Balancing = Balancing.RoundRobin,
        };
        var model = ProxyModel.Empty(family);
        return model with { Services = model.Services.Add(port.Name, new ServiceState(port, [new ServiceEndpoint(pod, 80) { IsLocal = true }])) };
    }
}
