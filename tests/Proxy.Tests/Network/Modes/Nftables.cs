using MiniK8s.Proxy.Tests.Network.Cases;

namespace MiniK8s.Proxy.Tests.Network.Modes;

/// <summary>The network of the cases by nftables over netlink.</summary>
[CollectionDefinition(Name)]
public sealed class NftablesLab() : ServiceLab(ProxyMode.Nftables), ICollectionFixture<NftablesLab>
{
    public const string Name = "Nftables";
}

[Collection(NftablesLab.Name)]
public sealed class NftablesWaysInTests(NftablesLab lab) : WaysInCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesMasqueradeTests(NftablesLab lab) : MasqueradeCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesPolicyTests(NftablesLab lab) : PolicyCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesRefusalTests(NftablesLab lab) : RefusalCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesSourceRangeTests(NftablesLab lab) : SourceRangeCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesAffinityTests(NftablesLab lab) : AffinityCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesUdpTests(NftablesLab lab) : UdpCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesSctpTests(NftablesLab lab) : SctpCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesPortTests(NftablesLab lab) : PortCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesDualStackTests(NftablesLab lab) : DualStackCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesTopologyTests(NftablesLab lab) : TopologyCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesTerminationTests(NftablesLab lab) : TerminationCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesHealthCheckTests(NftablesLab lab) : HealthCheckCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesBalancingTests(NftablesLab lab) : BalancingCases(lab);

[Collection(NftablesLab.Name)]
public sealed class NftablesConnectionTests(NftablesLab lab) : ConnectionCases(lab);

public sealed class NftablesLifeTests() : LifeCases(ProxyMode.Nftables);

public sealed class NftablesKillTests() : KillCases(ProxyMode.Nftables);
