using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;
using MiniK8s.ControllerManager.ServiceEndpoints;

namespace MiniK8s.ControllerManager.Tests.ServiceEndpoints;

/// <summary>L19: where a target port ends in a pod.</summary>
public sealed class PodPortsTests
{
    private static Container Container(string name, params ContainerPort[] ports) => new() { Name = name, Ports = ports };

    private static ContainerPort Port(string name, int number, string protocol = "TCP", int? hostPort = null) =>
        new() { Name = name, ContainerPortValue = number, Protocol = protocol, HostPort = hostPort };

    private static Pod Pod(Container[] containers, Container[]? init = null) =>
        Sample.Pod("p").With(s => s with { Containers = containers, InitContainers = init ?? [] });

    private static int? Find(Pod pod, IntOrString? target, string protocol = "TCP") =>
        PodPorts.Find(pod, new ServicePort { Port = 80, TargetPort = target, Protocol = protocol });

    [Fact]
    public void Number_is_taken_as_it_is_whatever_the_containers_say()
    {
        Assert.Equal(8080, Find(Pod([Container("a")]), 8080));
        Assert.Equal(8080, Find(Pod([Container("a", Port("p", 9))]), 8080));
        Assert.Equal(80, Find(Pod([Container("a")]), null));
    }

    [Fact]
    public void Name_is_found_in_any_container_and_the_first_one_wins()
    {
        Assert.Equal(1, Find(Pod([Container("a", Port("p", 1))]), "p"));
        Assert.Equal(2, Find(Pod([Container("a", Port("q", 1)), Container("b", Port("p", 2))]), "p"));
        Assert.Equal(1, Find(Pod([Container("a", Port("p", 1)), Container("b", Port("p", 2))]), "p"));
        Assert.Null(Find(Pod([Container("a", Port("q", 1))]), "p"));
    }

    [Fact]
    public void Protocol_must_fit_and_the_host_port_is_another_thing()
    {
        Assert.Equal(2, Find(Pod([Container("a", Port("p", 1, "UDP"), Port("p", 2))]), "p"));
        Assert.Null(Find(Pod([Container("a", Port("p", 1, "UDP"))]), "p"));
        Assert.Equal(1, Find(Pod([Container("a", Port("p", 1, hostPort: 999))]), "p"));
    }

    [Fact]
    public void Sidecars_count_after_containers_and_other_init_containers_do_not()
    {
        var sidecar = Container("s", Port("p", 7)) with { RestartPolicy = "Always" };
        Assert.Equal(7, Find(Pod([Container("a")], [sidecar]), "p"));
        Assert.Equal(1, Find(Pod([Container("a", Port("p", 1))], [sidecar]), "p"));
        Assert.Null(Find(Pod([Container("a")], [Container("i", Port("p", 7))]), "p"));
    }
}
