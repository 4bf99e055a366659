using MiniK8s.Proxy.Tests.Network.Cases;

namespace MiniK8s.Proxy.Tests.Network.Modes;

/// <summary>The network of the cases by iptables' older tables.</summary>
[CollectionDefinition(Name)]
public sealed class IptablesLegacyLab() : ServiceLab(ProxyMode.IptablesLegacy), ICollectionFixture<IptablesLegacyLab>
{
    public const string Name = "IptablesLegacy";
}

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyWaysInTests(IptablesLegacyLab lab) : WaysInCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyMasqueradeTests(IptablesLegacyLab lab) : MasqueradeCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyPolicyTests(IptablesLegacyLab lab) : PolicyCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyRefusalTests(IptablesLegacyLab lab) : RefusalCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacySourceRangeTests(IptablesLegacyLab lab) : SourceRangeCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyAffinityTests(IptablesLegacyLab lab) : AffinityCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyUdpTests(IptablesLegacyLab lab) : UdpCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacySctpTests(IptablesLegacyLab lab) : SctpCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyPortTests(IptablesLegacyLab lab) : PortCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyDualStackTests(IptablesLegacyLab lab) : DualStackCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyTopologyTests(IptablesLegacyLab lab) : TopologyCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyTerminationTests(IptablesLegacyLab lab) : TerminationCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyHealthCheckTests(IptablesLegacyLab lab) : HealthCheckCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyBalancingTests(IptablesLegacyLab lab) : BalancingCases(lab);

[Collection(IptablesLegacyLab.Name)]
public sealed class IptablesLegacyConnectionTests(IptablesLegacyLab lab) : ConnectionCases(lab);

public sealed class IptablesLegacyLifeTests() : LifeCases(ProxyMode.IptablesLegacy);

public sealed class IptablesLegacyKillTests() : KillCases(ProxyMode.IptablesLegacy);
