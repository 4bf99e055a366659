using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Client.Rest;
using MiniK8s.Cluster;
using MiniK8s.Commands;
using MiniK8s.Kubectl;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Demo;

/// <summary>
/// Shows the cluster at work: applies the examples, waits until the pods answer, and sends requests to the ClusterIP and to the
/// node port. The requests come from inside one of the pods, as those of any client in the cluster would.
/// </summary>
internal sealed class DemoRun(LocalCluster cluster, TextWriter output)
{
    private const string Namespace = "default";
    private const int Pods = 3;
    private const int Requests = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the demonstration.</summary>
    /// <exception cref="ClusterException">The examples are not there, or do not answer in time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!cluster.Options.RunsKubelet || !cluster.Options.RunsProxy) throw new ClusterException("--demo needs the kubelet and the proxy; leave out --no-kubelet and --no-proxy");
        await output.WriteLineAsync("\nApplying examples/web:");
        await KubectlAsync(cancellationToken, "apply", "-f", ExamplesFolder.Find("web"));
        using var client = new ApiClient(cluster.AdminConfig());
        await WaitForEndpointsAsync(client, "web", cancellationToken);
        await WaitForEndpointsAsync(client, "web-nodeport", cancellationToken);
        await output.WriteLineAsync();
        await KubectlAsync(cancellationToken, "get", "pods,services", "-o", "wide");
        await RequestsAsync(client, cancellationToken);
        await output.WriteLineAsync(
            $"""

            Try next:
              export KUBECONFIG={cluster.AdminKubeconfig}
              kubectl get services,endpoints -o wide
              kubectl delete pod web-1                    # requests go to the two that are left
              kubectl apply -f examples/two-containers    # a Service that asks for its port by name
            """);
    }

    private async Task RequestsAsync(ApiClient client, CancellationToken cancellationToken)
    {
        using var engine = new DockerClient(cluster.Options.DockerHost);
        var pod = await client.GetAsync<Pod>(Namespace, "web-1", cancellationToken);
        var container = pod.Status!.ContainerStatuses[0].ContainerID!["docker://".Length..];
        var service = await client.GetAsync<Service>(Namespace, "web", cancellationToken);
        var nodePort = await client.GetAsync<Service>(Namespace, "web-nodeport", cancellationToken);
        var caller = new ContainerCaller(engine, container);
        await ShowAsync(caller, "ClusterIP", $"{service.Spec!.ClusterIP}:{service.Spec.Ports[0].Port}", cancellationToken);
        await ShowAsync(caller, "node port", $"{await NodeAddressAsync(client, cancellationToken)}:{nodePort.Spec!.Ports[0].NodePort}", cancellationToken);
    }

    private async Task ShowAsync(ContainerCaller caller, string what, string address, CancellationToken cancellationToken)
    {
        await caller.WaitAsync(address, cancellationToken);
        await output.WriteLineAsync($"\n{Requests} requests from pod web-1 to the {what}, http://{address}/, were answered by:");
        var answers = new List<string>();
        for (var request = 0; request < Requests; request++) answers.Add(await caller.GetAsync(address, cancellationToken));
        await output.WriteLineAsync($"  {string.Join(' ', answers)}");
    }

    // A node that only knows loopback is reached from its pods by the address of their bridge, which is the first of their subnet.
    private async Task<string> NodeAddressAsync(ApiClient client, CancellationToken cancellationToken)
    {
        if (!System.Net.IPAddress.IsLoopback(cluster.Options.NodeAddress)) return cluster.Options.NodeAddress.ToString();
        var node = await client.GetAsync<Node>(null, cluster.Options.NodeName, cancellationToken);
        var subnet = System.Net.IPNetwork.Parse(node.Spec!.PodCIDR!).BaseAddress.GetAddressBytes();
        subnet[^1]++;
        return new System.Net.IPAddress(subnet).ToString();
    }

    private async Task WaitForEndpointsAsync(ApiClient client, string service, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (true)
        {
            var slices = await client.ListAsync<EndpointSlice>(Namespace, new ListQuery { LabelSelector = $"kubernetes.io/service-name={service}" }, cancellationToken);
            var ready = slices.Items.SelectMany(slice => slice.Endpoints).Count(endpoint => endpoint.Conditions?.Ready == true);
            if (ready >= Pods) return;
            if (clock.GetElapsedTime(started) > Patience)
            {
                throw new ClusterException($"the Service {service} has {ready} of {Pods} endpoints after {Patience.TotalMinutes:0} minutes; `kubectl describe pods` tells why");
            }

            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }

    private async Task KubectlAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var terminal = Terminal.OfProcess with { Output = output };
        if (await KubectlCommand.RunAsync([.. arguments, "--kubeconfig", cluster.AdminKubeconfig], terminal, cancellationToken) != 0)
        {
            throw new ClusterException($"kubectl {string.Join(' ', arguments)} failed");
        }
    }
}
