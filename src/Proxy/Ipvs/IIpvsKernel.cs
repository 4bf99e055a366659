using System.ComponentModel;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>The parts of the kernel that IPVS needs besides rules: virtual servers, the device's addresses, sets.</summary>
internal interface IIpvsKernel : IDisposable
{
    /// <summary>Makes the device, the family's sets and the settings, where they are not there yet.</summary>
    /// <exception cref="IpvsException">The kernel refused.</exception>
    void Prepare(IpFamily family);

    /// <summary>Reads everything of a family.</summary>
    /// <exception cref="IpvsException">The kernel refused.</exception>
    KernelState Read(IpFamily family);

    /// <summary>Reads the node's own addresses and what is on the device, nothing else; false where the device is gone.</summary>
    /// <exception cref="IpvsException">The kernel refused.</exception>
    bool ReadAddresses(IpFamily family, KernelState into);

    /// <summary>Carries out operations in their order. Gives the number of bytes that were sent.</summary>
    /// <exception cref="IpvsException">The kernel refused one; others may have been carried out.</exception>
    int Apply(IEnumerable<IpvsOperation> operations);

    /// <summary>How many connections each real server of a virtual server has, those that are only just over included.</summary>
    /// <exception cref="IpvsException">The kernel refused.</exception>
    IReadOnlyDictionary<RealServer, long> CountConnections(ServerAddress server);

    /// <summary>Removes all of ours of both families. Rules that ask the sets must be gone.</summary>
    /// <exception cref="IpvsException">The kernel refused.</exception>
    void Remove();
}

/// <summary>The kernel refused something.</summary>
/// <param name="what">What, such as the operation's text.</param>
/// <param name="inner">The kernel's answer.</param>
internal sealed class IpvsException(string what, Win32Exception inner) : Exception($"{what}: {inner.Message}", inner)
{
    public int Error => inner.NativeErrorCode;
}
