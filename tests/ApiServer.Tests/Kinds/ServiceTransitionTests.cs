using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>What a Service keeps and releases in an update, seen in its claims (service-cases S4-S7, S24-S29, S33, S35, S37, S41).</summary>
public sealed class ServiceTransitionTests
{
    private static readonly ServiceNetwork TwoStacks = new([IpRange.Parse("10.96.0.0/16"), IpRange.Parse("fd00::/112")], PortRange.Default);
    private readonly ServiceKind kind = new(ServiceNetwork.Default);

    private Service Read(string spec) => kind.Created(Pipeline.Read<Service>($"{{\"metadata\":{{\"name\":\"web\"}},\"spec\":{spec}}}"));

    /// <summary>Puts a body that knows only what a manifest says in place of a Service.</summary>
    private Service Put(string spec, Service before)
    {
        var (value, errors) = kind.Update(Pipeline.Read<Service>($"{{\"metadata\":{{\"name\":\"web\"}},\"spec\":{spec}}}"), before);
        Assert.Empty(errors.Lines());
        return value;
    }

    private string Claims(Service service) => string.Join(' ', kind.Claims(service).Select(claim => claim.Key));

    private const string Node = """{"type":"NodePort","clusterIP":"10.96.0.5","ports":[{"port":80,"nodePort":30080}]}""";
    private const string Two = """{"type":"NodePort","clusterIP":"10.96.0.5","ports":[{"name":"a","port":80,"nodePort":30080},{"name":"b","port":443,"nodePort":30443}]}""";
    private const string Dns = """{"type":"NodePort","clusterIP":"10.96.0.5","ports":[{"name":"t","port":53,"nodePort":30053},{"name":"u","port":53,"protocol":"UDP","nodePort":30053}]}""";
    private const string Local = """{"type":"LoadBalancer","externalTrafficPolicy":"Local","clusterIP":"10.96.0.5","healthCheckNodePort":30012,"ports":[{"port":80,"nodePort":30080}]}""";

    [Theory]
    [InlineData("S33 as it was", Node, Node, "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S4 blank", Node, """{"type":"NodePort","ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S4 several blank", Two, """{"type":"NodePort","ports":[{"name":"a","port":80},{"name":"b","port":443}]}""", "clusterips/10.96.0.5 nodeports/30080 nodeports/30443")]
    [InlineData("S4 one blank", Two, """{"type":"NodePort","ports":[{"name":"a","port":80,"nodePort":30080},{"name":"b","port":443}]}""", "clusterips/10.96.0.5 nodeports/30080 nodeports/30443")]
    [InlineData("S35 order swapped", Two, """{"type":"NodePort","ports":[{"name":"b","port":443},{"name":"a","port":80}]}""", "clusterips/10.96.0.5 nodeports/30443 nodeports/30080")]
    [InlineData("S35 port number changed", Node, """{"type":"NodePort","ports":[{"port":90}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S35 protocol changed", Node, """{"type":"NodePort","ports":[{"port":80,"protocol":"UDP"}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S35 port removed", Two, """{"type":"NodePort","ports":[{"name":"b","port":443}]}""", "clusterips/10.96.0.5 nodeports/30443")]
    [InlineData("S35 port added", Two, """{"type":"NodePort","ports":[{"name":"a","port":80},{"name":"b","port":443},{"name":"c","port":90,"nodePort":30090}]}""", "clusterips/10.96.0.5 nodeports/30080 nodeports/30443 nodeports/30090")]
    [InlineData("S35 other node port", Node, """{"type":"NodePort","ports":[{"port":80,"nodePort":30081}]}""", "clusterips/10.96.0.5 nodeports/30081")]
    [InlineData("S37 node ports crosswise", Two, """{"type":"NodePort","ports":[{"name":"a","port":80,"nodePort":30443},{"name":"b","port":443,"nodePort":30080}]}""", "clusterips/10.96.0.5 nodeports/30443 nodeports/30080")]
    [InlineData("S4 number given to another", Two, """{"type":"NodePort","ports":[{"name":"a","port":80,"nodePort":30443},{"name":"b","port":443}]}""", "clusterips/10.96.0.5 nodeports/30443")]
    [InlineData("S14 two protocols blank", Dns, """{"type":"NodePort","ports":[{"name":"t","port":53},{"name":"u","port":53,"protocol":"UDP"}]}""", "clusterips/10.96.0.5 nodeports/30053")]
    [InlineData("S24 ClusterIP to NodePort", """{"clusterIP":"10.96.0.5","ports":[{"port":80}]}""", """{"type":"NodePort","ports":[{"port":80}]}""", "clusterips/10.96.0.5")]
    [InlineData("S25 NodePort to ClusterIP", Node, """{"type":"ClusterIP","ports":[{"port":80}]}""", "clusterips/10.96.0.5")]
    [InlineData("S25 with its port left in", Node, """{"type":"ClusterIP","externalTrafficPolicy":"Cluster","clusterIP":"10.96.0.5","ports":[{"port":80,"nodePort":30080}]}""", "clusterips/10.96.0.5")]
    [InlineData("S26 NodePort to LoadBalancer", Node, """{"type":"LoadBalancer","ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S27 LoadBalancer to ClusterIP", Local, """{"type":"ClusterIP","externalTrafficPolicy":"Local","healthCheckNodePort":30012,"allocateLoadBalancerNodePorts":true,"ports":[{"port":80,"nodePort":30080}]}""", "clusterips/10.96.0.5")]
    [InlineData("S28 LoadBalancer to NodePort", Local, """{"type":"NodePort","externalTrafficPolicy":"Local","healthCheckNodePort":30012,"ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S29 NodePort to ExternalName", Node, """{"type":"ExternalName","externalName":"a.b","clusterIP":"10.96.0.5","clusterIPs":["10.96.0.5"],"ports":[{"port":80,"nodePort":30080}]}""", "")]
    [InlineData("S6 nothing is carried to ExternalName", Node, """{"type":"ExternalName","externalName":"a.b"}""", "")]
    [InlineData("S5 blank health port", Local, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30080 nodeports/30012")]
    [InlineData("S39 Local to Cluster", Local, """{"type":"LoadBalancer","externalTrafficPolicy":"Cluster","healthCheckNodePort":30012,"ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30080")]
    [InlineData("S7 node ports off and blank", Local, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","allocateLoadBalancerNodePorts":false,"ports":[{"port":80}]}""", "clusterips/10.96.0.5 nodeports/30012")]
    [InlineData("S7 node ports off and named", Local, """{"type":"LoadBalancer","externalTrafficPolicy":"Local","allocateLoadBalancerNodePorts":false,"ports":[{"port":80,"nodePort":30080}]}""", "clusterips/10.96.0.5 nodeports/30080 nodeports/30012")]
    public void Owns_after_the_update(string id, string before, string body, string claims)
    {
        var after = Put(body, Read(before));
        Assert.True(claims == Claims(after), $"{id}: {Claims(after)}");
    }

    [Fact]
    public void S29_from_ExternalName_it_wants_an_address_again()
    {
        var service = Put("""{"type":"NodePort","ports":[{"port":80}]}""", Read("""{"type":"ExternalName","externalName":"a.b"}"""));
        Assert.Equal(["IPv4"], service.Spec!.IpFamilies);
        Assert.Equal("SingleStack", service.Spec.IpFamilyPolicy);
        Assert.False(kind.IsComplete(service));
    }

    [Fact]
    public void S29_to_ExternalName_no_family_is_left()
    {
        var before = Read(Node);
        var service = kind.Update(before with { Spec = before.Spec! with { Type = "ExternalName", ExternalName = "a.b" } }, before);
        Assert.Empty(service.Errors.Lines());
        Assert.Empty(service.Value.Spec!.IpFamilies);
        Assert.Null(service.Value.Spec.IpFamilyPolicy);
        Assert.True(kind.IsComplete(service.Value));
    }

    [Fact]
    public void S27_leaving_LoadBalancer_clears_its_status()
    {
        var before = Read(Local) with { Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "192.0.2.1", IpMode = "VIP" }] } } };
        Assert.NotEmpty(Put("""{"type":"LoadBalancer","externalTrafficPolicy":"Local","ports":[{"port":80}]}""", before).Status!.LoadBalancer!.Ingress);
        Assert.Empty(Put("""{"type":"ClusterIP","ports":[{"port":80}]}""", before).Status!.LoadBalancer!.Ingress);
    }

    [Fact]
    public void S41_asking_for_one_stack_releases_the_second_address()
    {
        var dual = new ServiceKind(TwoStacks);
        var before = dual.Created(Pipeline.Read<Service>("""{"spec":{"ipFamilyPolicy":"RequireDualStack","clusterIP":"10.96.0.5","clusterIPs":["10.96.0.5","fd00::5"],"ports":[{"port":80}]}}"""));
        Assert.Equal(2, dual.Claims(before).Count);
        var (single, errors) = dual.Update(before with { Spec = before.Spec! with { IpFamilyPolicy = "SingleStack" } }, before);
        Assert.Empty(errors);
        Assert.Equal("clusterips/10.96.0.5", Assert.Single(dual.Claims(single)).Key);

        var (again, upgradeErrors) = dual.Update(single with { Spec = single.Spec! with { IpFamilyPolicy = "PreferDualStack" } }, single);
        Assert.Empty(upgradeErrors);
        Assert.Equal(["IPv4", "IPv6"], again.Spec!.IpFamilies);
        Assert.False(dual.IsComplete(again));
    }

    [Fact]
    public void S8_a_shortened_list_of_addresses_is_refused_on_two_stacks()
    {
        var dual = new ServiceKind(TwoStacks);
        var before = dual.Created(Pipeline.Read<Service>("""{"spec":{"ipFamilyPolicy":"RequireDualStack","clusterIP":"10.96.0.5","clusterIPs":["10.96.0.5","fd00::5"],"ports":[{"port":80}]}}"""));
        var (_, errors) = dual.Update(before with { Spec = before.Spec! with { ClusterIPs = ["10.96.0.5"] } }, before);
        Assert.Equal("spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the secondary cluster IP", Assert.Single(errors).ToString());
    }
}
