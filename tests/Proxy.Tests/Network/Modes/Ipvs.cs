using MiniK8s.Proxy.Tests.Ipvs;
using MiniK8s.Proxy.Tests.Network.Cases;

namespace MiniK8s.Proxy.Tests.Network.Modes;

/// <summary>The network of the cases by IPVS; see <see cref="UserModeTests"/>.</summary>
[CollectionDefinition(Name)]
public sealed class IpvsLab() : ServiceLab(ProxyMode.Ipvs), ICollectionFixture<IpvsLab>
{
    public const string Name = "Ipvs";
}

[Collection(IpvsLab.Name)]
public sealed class IpvsWaysInTests(IpvsLab lab) : WaysInCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsMasqueradeTests(IpvsLab lab) : MasqueradeCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsPolicyTests(IpvsLab lab) : PolicyCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsRefusalTests(IpvsLab lab) : RefusalCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsSourceRangeTests(IpvsLab lab) : SourceRangeCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsAffinityTests(IpvsLab lab) : AffinityCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsUdpTests(IpvsLab lab) : UdpCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsSctpTests(IpvsLab lab) : SctpCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsPortTests(IpvsLab lab) : PortCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsDualStackTests(IpvsLab lab) : DualStackCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsTopologyTests(IpvsLab lab) : TopologyCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsTerminationTests(IpvsLab lab) : TerminationCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsHealthCheckTests(IpvsLab lab) : HealthCheckCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsBalancingTests(IpvsLab lab) : BalancingCases(lab);

[Collection(IpvsLab.Name)]
public sealed class IpvsConnectionTests(IpvsLab lab) : ConnectionCases(lab);

public sealed class IpvsKillTests() : KillCases(ProxyMode.Ipvs);
