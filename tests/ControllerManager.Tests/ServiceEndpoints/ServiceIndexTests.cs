using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.ControllerManager.ServiceEndpoints;

namespace MiniK8s.ControllerManager.Tests.ServiceEndpoints;

public sealed class ServiceIndexTests
{
    private readonly ServiceIndex index = new();

    public ServiceIndexTests()
    {
        Add(Sample.Service("web"));
        Add(Sample.Service("db"));
        Add(Sample.Service("manual").With(s => s with { Selector = new Dictionary<string, string>() }));
        var elsewhere = Sample.Service("web");
        Add(elsewhere.WithMetadata(elsewhere.Metadata with { Namespace = "other" }));
    }

    private void Add(Service service, Service? before = null) => index.Observe(new(ObjectKey.Of(service), before, service));

    private string Touched(Pod? before, Pod? after) =>
        string.Join(' ', index.Touched(new(ObjectKey.Of((after ?? before)!), before, after)).Select(k => k.ToString()).Order());

    [Fact]
    public void New_or_deleted_pod_touches_the_services_of_its_namespace_that_select_it()
    {
        Assert.Equal("default/web", Touched(null, Sample.Pod("p")));
        Assert.Equal("default/web", Touched(Sample.Pod("p"), null));
        Assert.Equal("", Touched(null, Sample.Pod("p", app: "nobody")));
    }

    [Fact]
    public void E12_only_changes_that_show_in_endpoints_touch()
    {
        var pod = Sample.Pod("p");
        Assert.Equal("", Touched(pod, pod.WithMetadata(pod.Metadata with { ResourceVersion = "77" })));
        Assert.Equal("", Touched(pod, pod.WithStatus(s => s with { Message = "busy" })));
        Assert.Equal("default/web", Touched(pod, Sample.Pod("p", ready: false)));
        Assert.Equal("default/web", Touched(pod, Sample.Pod("p", "10.244.1.77")));
        Assert.Equal("default/web", Touched(pod, pod.Terminating()));
        Assert.Equal("default/web", Touched(pod, pod.WithStatus(s => s with { Phase = "Failed" })));
        Assert.Equal("default/web", Touched(pod, pod.WithMetadata(pod.Metadata with { Uid = "another" })));
    }

    [Fact]
    public void E13_relabelled_pod_touches_the_service_it_left_and_the_one_it_joined()
    {
        Assert.Equal("default/db default/web", Touched(Sample.Pod("p"), Sample.Pod("p", app: "db")));
        Assert.Equal("default/web", Touched(Sample.Pod("p"), Sample.Pod("p", app: "nobody")));
        Assert.Equal("", Touched(Sample.Pod("p"), Sample.Pod("p").Labelled("extra", "1")));
    }

    [Fact]
    public void Service_that_is_gone_or_selects_nothing_is_not_touched_any_more()
    {
        index.Observe(new(new("default", "web"), Sample.Service("web"), null));
        Assert.Equal("", Touched(null, Sample.Pod("p")));
        Add(Sample.Service("db").With(s => s with { Selector = new Dictionary<string, string>() }));
        Assert.Equal("", Touched(null, Sample.Pod("p", app: "db")));
    }
}
