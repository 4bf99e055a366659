using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.NodeLifecycle;
using MiniK8s.TestKit.Time;

namespace MiniK8s.ControllerManager.Tests.NodeLifecycle;

public sealed class HeartbeatsTests
{
    private readonly ManualClock clock = new();
    private readonly Heartbeats heartbeats;

    public HeartbeatsTests() => heartbeats = new Heartbeats(clock);

    private static Lease Lease(int second) => new() { Spec = new LeaseSpec { RenewTime = Sample.Now.AddSeconds(second) } };

    private double Silence(Node node, Lease? lease) => heartbeats.Silence(node, lease).TotalSeconds;

    [Fact]
    public void Node_seen_for_the_first_time_has_its_whole_grace_however_old_its_lease()
    {
        Assert.Equal(0, Silence(Sample.Node(), Lease(-9999)));
    }

    [Fact]
    public void Silence_grows_until_the_lease_changes_in_whatever_direction()
    {
        Silence(Sample.Node(), Lease(0));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(30, Silence(Sample.Node(), Lease(0)));
        Assert.Equal(0, Silence(Sample.Node(), Lease(-5)));
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(7, Silence(Sample.Node(), Lease(-5)));
    }

    [Fact]
    public void Status_heartbeat_counts_where_there_is_no_lease()
    {
        Silence(Sample.Node(), null);
        clock.Advance(TimeSpan.FromSeconds(30));
        var beating = Sample.Node().WithStatus(s => s with { Conditions = [s.Conditions[0] with { LastHeartbeatTime = Sample.Now.AddSeconds(30) }] });
        Assert.Equal(0, Silence(beating, null));
    }

    [Fact]
    public void Node_that_registers_again_begins_anew()
    {
        Silence(Sample.Node(), Lease(0));
        clock.Advance(TimeSpan.FromSeconds(30));
        var again = Sample.Node();
        Assert.Equal(0, Silence(again with { Metadata = again.Metadata with { Uid = "another" } }, Lease(0)));
    }
}
