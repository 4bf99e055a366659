using MiniK8s.Proxy.Tests.Network.Cases;

namespace MiniK8s.Proxy.Tests.Network.Modes;

/// <summary>The network of the cases by iptables over nf_tables.</summary>
[CollectionDefinition(Name)]
public sealed class IptablesNftLab() : ServiceLab(ProxyMode.IptablesNft), ICollectionFixture<IptablesNftLab>
{
    public const string Name = "IptablesNft";
}

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftWaysInTests(IptablesNftLab lab) : WaysInCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftMasqueradeTests(IptablesNftLab lab) : MasqueradeCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftPolicyTests(IptablesNftLab lab) : PolicyCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftRefusalTests(IptablesNftLab lab) : RefusalCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftSourceRangeTests(IptablesNftLab lab) : SourceRangeCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftAffinityTests(IptablesNftLab lab) : AffinityCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftUdpTests(IptablesNftLab lab) : UdpCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftSctpTests(IptablesNftLab lab) : SctpCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftPortTests(IptablesNftLab lab) : PortCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftDualStackTests(IptablesNftLab lab) : DualStackCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftTopologyTests(IptablesNftLab lab) : TopologyCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftTerminationTests(IptablesNftLab lab) : TerminationCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftHealthCheckTests(IptablesNftLab lab) : HealthCheckCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftBalancingTests(IptablesNftLab lab) : BalancingCases(lab);

[Collection(IptablesNftLab.Name)]
public sealed class IptablesNftConnectionTests(IptablesNftLab lab) : ConnectionCases(lab);

public sealed class IptablesNftLifeTests() : LifeCases(ProxyMode.IptablesNft);

public sealed class IptablesNftKillTests() : KillCases(ProxyMode.IptablesNft);
