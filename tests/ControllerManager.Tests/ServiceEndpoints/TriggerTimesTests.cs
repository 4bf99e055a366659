using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.ServiceEndpoints;

namespace MiniK8s.ControllerManager.Tests.ServiceEndpoints;

/// <summary>L23: since when a change of endpoints was due.</summary>
public sealed class TriggerTimesTests
{
    private readonly TriggerTimes times = new();
    private readonly Service service = Sample.Service();

    private static Pod At(string name, int second) =>
        Sample.Pod(name).WithStatus(s => s with { Conditions = [s.Conditions[0] with { LastTransitionTime = Sample.Now.AddSeconds(second) }] });

    private double? Take(params Pod[] pods) => (times.Take(service, pods) - Sample.Now)?.TotalSeconds;

    [Fact]
    public void First_time_is_the_earliest_of_service_and_pods()
    {
        Assert.Equal(0, Take(At("a", 5), At("b", 3)));
    }

    [Fact]
    public void Later_it_is_the_earliest_of_what_is_new()
    {
        Take(At("a", 5), At("b", 3));
        Assert.Equal(7, Take(At("a", 9), At("b", 7)));
        Assert.Equal(11, Take(At("a", 9), At("b", 7), At("c", 11)));
    }

    [Fact]
    public void Nothing_new_has_no_time()
    {
        Take(At("a", 5));
        Assert.Null(Take(At("a", 5)));
        Assert.Null(Take());
    }

    [Fact]
    public void Forgotten_service_begins_anew()
    {
        Take(At("a", 5));
        times.Forget(ObjectKey.Of(service));
        Assert.Equal(0, Take(At("a", 5)));
    }
}
