using MiniK8s.Proxy.Netlink;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Tests.Nftables;
using MiniK8s.TestKit.Network;

namespace MiniK8s.Proxy.Tests.Network;

/// <summary>The contract on the running kernel, in a network namespace of its own.</summary>
public sealed class NftKernelTests : NftKernelContractTests, IAsyncLifetime
{
    private NetworkNamespace? inside;
    private NftKernel? kernel;

    private protected override INftKernel Kernel => kernel!;

    private protected override void ChangeAsAnother(NftTransaction transaction)
    {
        using var other = KernelIn(inside!);
        other.Commit(transaction);
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(NetworkNamespace.SkipReason is null, NetworkNamespace.SkipReason ?? "");
        inside = await NetworkNamespace.CreateAsync("nft");
        kernel = KernelIn(inside);
    }

    public ValueTask DisposeAsync()
    {
        kernel?.Dispose();
        inside?.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static NftKernel KernelIn(NetworkNamespace inside) => new(() => inside.Run(static () => new NetlinkSocket(NftWire.Protocol)));
}
