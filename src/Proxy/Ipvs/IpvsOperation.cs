using System.Net;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Ipvs;

/// <summary>One change in the kernel. Its text is that of ipvsadm, ip or ipset.</summary>
internal abstract record IpvsOperation
{
    private IpvsOperation()
    {
    }

    internal sealed record AddServer(ServerAddress Server, ServerSettings Settings) : IpvsOperation
    {
        public override string ToString() => $"-A {Server} {Settings}";
    }

    internal sealed record EditServer(ServerAddress Server, ServerSettings Settings) : IpvsOperation
    {
        public override string ToString() => $"-E {Server} {Settings}";
    }

    /// <summary>Only for one without real servers: connections would be cut otherwise.</summary>
    internal sealed record DeleteServer(ServerAddress Server) : IpvsOperation
    {
        public override string ToString() => $"-D {Server}";
    }

    internal sealed record AddReal(ServerAddress Server, RealServer Real) : IpvsOperation
    {
        public override string ToString() => $"-a {Server} -r {Real} -m -w 1";
    }

    /// <summary>Weight 1 takes new connections, weight 0 only keeps those it has.</summary>
    internal sealed record EditReal(ServerAddress Server, RealServer Real, int Weight) : IpvsOperation
    {
        public override string ToString() => $"-e {Server} -r {Real} -m -w {Weight}";
    }

    internal sealed record DeleteReal(ServerAddress Server, RealServer Real) : IpvsOperation
    {
        public override string ToString() => $"-d {Server} -r {Real}";
    }

    internal sealed record Bind(IPAddress Address) : IpvsOperation
    {
        public override string ToString() => $"address add {Address} dev {IpvsDevice.Name}";
    }

    internal sealed record Unbind(IPAddress Address) : IpvsOperation
    {
        public override string ToString() => $"address del {Address} dev {IpvsDevice.Name}";
    }

    internal sealed record AddEntry(IpFamily Family, SetEntry Entry) : IpvsOperation
    {
        public override string ToString() => $"add {IpSets.NameOf(Entry.Set, Family)} {Entry}";
    }

    internal sealed record DeleteEntry(IpFamily Family, SetEntry Entry) : IpvsOperation
    {
        public override string ToString() => $"del {IpSets.NameOf(Entry.Set, Family)} {Entry}";
    }
}
