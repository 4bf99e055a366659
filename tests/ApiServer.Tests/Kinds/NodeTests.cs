using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

public sealed class NodeTests
{
    private static readonly NodeKind Kind = new();

    private static Node Read(string json) => Pipeline.Read<Node>(json);

    [Fact]
    public void A_new_node_is_tainted_keeps_its_status_and_has_every_part_of_it()
    {
        var node = Kind.Created(Read("""{"metadata":{"name":"n1"},"spec":{"podCIDR":"10.244.9.0/24"},"status":{"capacity":{"cpu":"4"}}}"""));
        Assert.Equal(["10.244.9.0/24"], node.Spec!.PodCIDRs);
        Assert.Equal(("node.kubernetes.io/not-ready", "NoSchedule"), (Assert.Single(node.Spec.Taints).Key, node.Spec.Taints[0].Effect));
        Assert.Equal("4", node.Status!.Allocatable["cpu"].ToString());
        Assert.Equal(0, node.Status.DaemonEndpoints!.KubeletEndpoint!.Port);
        Assert.NotNull(node.Status.NodeInfo);
        Assert.Single(Kind.PrepareForCreate(node).Spec!.Taints);
    }

    [Theory]
    [InlineData("""{"taints":[{"key":"a","effect":"Foo"}]}""", "spec.taints[0].effect: Unsupported value: \"Foo\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"")]
    [InlineData("""{"taints":[{"key":"a","effect":"NoSchedule"},{"key":"a","value":"b","effect":"NoSchedule"}]}""", "spec.taints[1]: Duplicate value: \"a:NoSchedule\"")]
    [InlineData("""{"taints":[{"key":"a b","effect":"NoSchedule"}]}""", "spec.taints[0].key: Invalid value: \"a b\"")]
    [InlineData("""{"podCIDR":"x"}""", "spec.podCIDRs[0]: Invalid value: \"x\": must be a valid CIDR value")]
    [InlineData("""{"podCIDR":"10.0.0.0/24","podCIDRs":["10.0.1.0/24"]}""", "spec.podCIDRs: Invalid value: [\"10.0.1.0/24\"]: first value must match `podCIDR`")]
    [InlineData("""{"podCIDR":"10.0.0.0/24","podCIDRs":["10.0.0.0/24","10.0.1.0/24"]}""", "spec.podCIDRs: Invalid value: [\"10.0.0.0/24\", \"10.0.1.0/24\"]: may specify no more than one CIDR for each IP family")]
    public void Refused(string spec, string error) =>
        Assert.StartsWith(error, Assert.Single(Kind.Create(Read($"{{\"spec\":{spec}}}")).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Pod_subnet_and_provider_are_given_once()
    {
        var node = Kind.Created(Read("""{"spec":{"providerID":"a"}}"""));
        var (given, errors) = Kind.Update(node with { Spec = node.Spec! with { PodCIDR = "10.244.1.0/24" } }, node);
        Assert.Empty(errors);
        var changed = given with { Spec = given.Spec! with { PodCIDR = "10.244.2.0/24", PodCIDRs = ["10.244.2.0/24"], ProviderID = "b" } };
        Assert.Equal(["spec.podCIDRs", "spec.providerID"], Kind.Update(changed, given).Errors.Select(error => error.Field));
    }

    [Fact]
    public void Spec_and_status_are_written_apart()
    {
        var node = Kind.Created(Read("{}"));
        var changed = node with { Spec = node.Spec! with { Unschedulable = true }, Status = node.Status! with { Phase = "Running" } };
        Assert.Null(Kind.PrepareForUpdate(changed, node).Status!.Phase);
        Assert.Null(Kind.PrepareForStatusUpdate(changed, node).Spec!.Unschedulable);
    }

    [Theory]
    [InlineData("{}", "Unknown <none> <none> <none> <unknown> <unknown> <unknown> false")]
    [InlineData("""{"metadata":{"labels":{"node-role.kubernetes.io/worker":"","node-role.kubernetes.io/control-plane":"","kubernetes.io/role":"db"}},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"Hostname","address":"n1"},{"type":"InternalIP","address":"192.0.2.1"}],"nodeInfo":{"osImage":"Debian","kernelVersion":"6.1","containerRuntimeVersion":"docker://20","kubeletVersion":"v1.32.0"}}}""", "Ready,SchedulingDisabled control-plane,db,worker 192.0.2.1 <none> Debian 6.1 docker://20 true")]
    [InlineData("""{"status":{"conditions":[{"type":"Ready","status":"Unknown"}],"addresses":[{"type":"ExternalIP","address":"192.0.2.2"}]}}""", "NotReady <none> <none> 192.0.2.2 <unknown> <unknown> <unknown> false")]
    public void Row_is_that_of_kubectl(string json, string cells)
    {
        var node = Read(json);
        var row = Kind.Row(node);
        string[] headings = ["Status", "Roles", "Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"];
        Assert.Equal(cells, $"{string.Join(' ', headings.Select(heading => row[heading]))} {Kind.SelectableFields["spec.unschedulable"](node)}");
    }
}
