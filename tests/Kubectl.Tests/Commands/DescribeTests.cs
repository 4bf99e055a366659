using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class DescribeTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await Sample.ServerAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_service_shows_the_endpoints_behind_its_ports() => (await server.KubectlAsync("describe", "service", "web")).Answers(
        """
        Name:                     web
        Namespace:                default
        Labels:                   app=web
        Annotations:              <none>
        Selector:                 app=web
        Type:                     NodePort
        IP Family Policy:         SingleStack
        IP Families:              IPv4
        IP:                       10.96.0.100
        IPs:                      10.96.0.100
        Port:                     http  80/TCP
        TargetPort:               8080/TCP
        NodePort:                 http  30080/TCP
        Endpoints:                10.244.1.5:8080,10.244.1.6:8080
        Session Affinity:         None
        External Traffic Policy:  Cluster
        Internal Traffic Policy:  Cluster
        Events:                   <none>

        """);

    [Fact]
    public async Task Endpoints_show_who_is_ready() => (await server.KubectlAsync("describe", "endpoints", "web")).Answers(
        """
        Name:         web
        Namespace:    default
        Labels:       <none>
        Annotations:  <none>
        Subsets:
          Addresses:          10.244.1.5,10.244.1.6
          NotReadyAddresses:  10.244.1.7
          Ports:
            Name  Port  Protocol
            ----  ----  --------
            http  8080  TCP

        Events:  <none>

        """);

    [Fact]
    public async Task A_pod_shows_its_containers_and_what_happened()
    {
        var uid = (string?)(await server.GetAsync("/api/v1/namespaces/default/pods/web-1"))["metadata"]!["uid"];
        await server.CreateAsync($$"""
            apiVersion: v1
            kind: Event
            metadata: {name: web-1.1, namespace: default}
            involvedObject: {kind: Pod, name: web-1, namespace: default, uid: {{uid}}}
            reason: Started
            message: "Started container web\n"
            type: Normal
            count: 3
            firstTimestamp: "2020-01-01T00:00:00Z"
            lastTimestamp: "2020-01-01T00:00:00Z"
            source: {component: kubelet}
            """);
        var run = await server.KubectlAsync("describe", "pod", "web-1");
        Assert.Equal((0, ""), (run.Code, run.Error));
        foreach (var part in new[]
        {
            "Name:         web-1\nNamespace:    default\n",
            "\nNode:         worker/192.0.2.7\nStart Time:   Thu, 02 Jan 2025 03:04:05 +0000\nLabels:       app=web\n              tier=front\n",
            "\nIPs:\n  IP:  10.244.1.5\nContainers:\n  web:\n    Container ID:  docker://c1\n    Image:         web:1\n",
            "\n    Args:\n      serve\n      --port=8080\n    State:          Running\n      Started:      Thu, 02 Jan 2025 03:04:05 +0000\n",
            "\n    Last State:     Terminated\n      Reason:       Error\n      Exit Code:    137\n",
            "\n    Readiness:  http-get http://:8080/ready delay=0s timeout=1s period=10s #success=1 #failure=3\n    Environment:\n      COLOUR:  blue\n    Mounts:\n      /data from data (rw)\n",
            "\nVolumes:\n  data:\n    Type:        EmptyDir (a temporary directory that shares a pod's lifetime)\n    Medium:      \n    SizeLimit:   <unset>\nQoS Class:       Burstable\n",
            "(x3 over ", "  kubelet  Started container web\n",
        }) Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_shows_what_its_pods_ask_of_it()
    {
        var run = await server.KubectlAsync("describe", "node", "worker");
        Assert.Equal((0, ""), (run.Code, run.Error));
        foreach (var part in new[]
        {
            "Name:               worker\nRoles:              worker\n", "Taints:             dedicated=demo:NoSchedule\n", "Conditions:\n  Type",
            "Addresses:\n  InternalIP:  192.0.2.7\n  Hostname:    worker\n", "PodCIDR:                      10.244.1.0/24\n",
            "  default                     web-1    250m (6%)     0 (0%)      64Mi (0%)        128Mi (1%)     400d\n",
            "  cpu                250m (6%)  0 (0%)\n  memory             64Mi (0%)  128Mi (1%)\n",
        }) Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_beginning_of_a_name_will_do_and_several_objects_stand_apart()
    {
        await server.CreateAsync(Sample.Endpoints.Split("---")[0].Replace("name: web", "name: web-2", StringComparison.Ordinal));
        await server.KubectlAsync("delete", "endpoints", "web");
        await server.CreateAsync(Sample.Endpoints.Split("---")[0].Replace("name: web", "name: web-1", StringComparison.Ordinal));
        var output = (await server.KubectlAsync("describe", "endpoints", "web")).Output;
        Assert.StartsWith("Name:         web-1\n", output, StringComparison.Ordinal);
        Assert.Contains("Events:  <none>\n\nName:         web-2\n", output, StringComparison.Ordinal);
        Assert.Contains("Events:  <none>\n\n\nName:         web-2\n", (await server.KubectlAsync("describe", "endpoints")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_without_a_description_are_shown_whole() =>
        Assert.StartsWith("apiVersion: v1\nkind: Namespace\n", (await server.KubectlAsync("describe", "namespace", "default")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_not_there_is_an_error_and_nothing_is_none()
    {
        (await server.KubectlAsync("describe", "pod", "x")).Fails("Error from server (NotFound): pods \"x\" not found");
        Assert.Equal(new Run(0, "", "No resources found in default namespace.\n"), await server.KubectlAsync("describe", "configmaps"));
    }
}
