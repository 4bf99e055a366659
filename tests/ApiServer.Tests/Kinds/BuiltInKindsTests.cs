using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Kinds;

public sealed class BuiltInKindsTests
{
    [Fact]
    public void Every_stored_kind_is_there_once() => Assert.Equal(
        ["configmaps", "endpoints", "endpointslices", "events", "leases", "namespaces", "nodes", "pods", "secrets", "serviceaccounts", "services"],
        BuiltInKinds.Create(ServiceNetwork.Default).Select(kind => kind.Info.Plural).Order());

    [Theory]
    [InlineData("configmaps", "Name,Data,Age")]
    [InlineData("endpoints", "Name,Endpoints,Age")]
    [InlineData("events", "Last Seen,Type,Reason,Object,Subobject*,Source*,Message,First Seen*,Count*,Name*")]
    [InlineData("namespaces", "Name,Status,Age")]
    [InlineData("nodes", "Name,Status,Roles,Age,Version,Internal-IP*,External-IP*,OS-Image*,Kernel-Version*,Container-Runtime*")]
    [InlineData("pods", "Name,Ready,Status,Restarts,Age,IP*,Node*,Nominated Node*,Readiness Gates*")]
    [InlineData("secrets", "Name,Type,Data,Age")]
    [InlineData("serviceaccounts", "Name,Secrets,Age")]
    [InlineData("services", "Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector*")]
    [InlineData("leases", "Name,Holder,Age")]
    [InlineData("endpointslices", "Name,AddressType,Ports,Endpoints,Age")]
    public void Columns_are_those_of_kubectl_and_wide_ones_are_marked(string plural, string expected)
    {
        var kind = BuiltInKinds.Create(ServiceNetwork.Default).Single(kind => kind.Info.Plural == plural);
        Assert.Equal(expected, kind.Accept(new Headings()));
    }

    [Theory]
    [InlineData("configmaps", false, true)]
    [InlineData("endpoints", true, true)]
    [InlineData("events", true, true)]
    [InlineData("namespaces", false, true)]
    [InlineData("nodes", false, true)]
    [InlineData("pods", false, true)]
    [InlineData("secrets", false, true)]
    [InlineData("serviceaccounts", false, true)]
    [InlineData("services", true, true)]
    [InlineData("leases", true, false)]
    [InlineData("endpointslices", false, true)]
    public void Put_creates_and_overwrites_as_each_strategy_of_Kubernetes_says(string plural, bool creates, bool overwrites)
    {
        var kind = BuiltInKinds.Create(ServiceNetwork.Default).Single(kind => kind.Info.Plural == plural);
        Assert.Equal((creates, overwrites), kind.Accept(new PutRules()));
    }

    private sealed class Headings : IKindVisitor<string>
    {
        public string Visit<T>(ResourceKind<T> kind) where T : class, Api.Declarations.IResource<T> =>
            string.Join(',', kind.Columns.Select(column => column.Name + (column.Priority > 0 ? "*" : "")));
    }

    private sealed class PutRules : IKindVisitor<(bool, bool)>
    {
        public (bool, bool) Visit<T>(ResourceKind<T> kind) where T : class, Api.Declarations.IResource<T> =>
            (kind.CreatesOnUpdate, kind.AllowsUnconditionalUpdate);
    }
}
