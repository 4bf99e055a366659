using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Client.Rest;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;
using MiniK8s.TestKit;

namespace MiniK8s.Kubelet.Tests.Live;

/// <summary>Pods of the live tests, and what is waited for of them.</summary>
internal static class LivePods
{
    /// <summary>Long enough for an engine on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Ends at once when asked to.</summary>
    public const string Forever = "trap 'exit 0' TERM; while :; do sleep 600 & wait $!; done";

    public static Container Shell(string name, string script) =>
        new() { Name = name, Image = LocalImages.Example, ImagePullPolicy = "IfNotPresent", Command = ["sh", "-c", script] };

    public static Container Server(string name, int port = 8080) =>
        new() { Name = name, Image = LocalImages.Example, Env = [new EnvVar { Name = "PORT", Value = $"{port}" }], Ports = [new ContainerPort { ContainerPortValue = port }] };

    public static Pod Pod(string name, params Container[] containers) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new PodSpec { NodeName = NodeFixture.Node, TerminationGracePeriodSeconds = 5, Containers = containers },
    };

    public static Pod With(this Pod pod, Func<PodSpec, PodSpec> change) => pod with { Spec = change(pod.Spec!) };

    /// <summary>Creates a pod and waits until its status is as asked.</summary>
    public static async Task<Pod> RunAsync(this NodeFixture node, Pod pod, Func<Pod, bool> condition, string because)
    {
        await node.Api.CreateAsync(pod);
        return await node.WaitAsync(pod.Metadata.Name!, condition, because);
    }

    public static Task<Pod> RunUntilReadyAsync(this NodeFixture node, Pod pod) => node.RunAsync(pod, IsReady, "the pod is ready");

    public static async Task<Pod> WaitAsync(this NodeFixture node, string name, Func<Pod, bool> condition, string because)
    {
        Pod? last = null;
        try
        {
            await node.Kubelet.WaitAsync(async () => condition(last = await node.Api.GetAsync<Pod>("default", name)), $"{name}: {because}");
            return last!;
        }
        catch (TimeoutException error) when (last is not null)
        {
            throw new TimeoutException($"{error.Message}\nlast: {Encoding.UTF8.GetString(ApiSerializer.Serialize(last))}", error);
        }
    }

    /// <summary>Waits until the API does not have the pod any more.</summary>
    public static Task WaitUntilGoneAsync(this NodeFixture node, string name) => Eventually.TrueAsync(
        async () => (await node.Api.ListAsync<Pod>("default", new ListQuery { FieldSelector = $"metadata.name={name}" })).Items.Count == 0,
        $"pod {name} is gone from the API",
        Limit);

    /// <summary>The engine's containers of a pod, sandboxes among them.</summary>
    public static async Task<IReadOnlyList<ContainerSummary>> ContainersAsync(this NodeFixture node, string pod) =>
        await node.Docker.ListContainersAsync([$"minik8s.io/pod-name={pod}"]);

    /// <summary>Waits until the server of a pod, which may be ready before it listens, answers with the pod's name.</summary>
    public static async Task AnswersAsync(this NodeFixture node, string pod, string address)
    {
        using var http = node.Namespace.CreateHttpClient();
        var answer = await Eventually.ValueAsync(async () => await http.GetStringAsync(new Uri($"http://{address}/")), $"{pod} answers at {address}", Limit);
        Assert.Equal($"{pod}\n", answer);
    }

    /// <summary>Runs a shell script in a container of a pod and returns what it wrote.</summary>
    public static async Task<string> ExecAsync(this NodeFixture node, Pod pod, int container, string script)
    {
        var id = pod.Status!.ContainerStatuses[container].ContainerID!["docker://".Length..];
        await using var session = await node.Docker.ExecAsync(id, new ExecSpec { Command = ["sh", "-c", script] });
        var output = new StringBuilder();
        await foreach (var frame in session.ReadOutputAsync()) output.Append(Encoding.UTF8.GetString(frame.Data.Span));
        return output.ToString();
    }

    public static bool IsReady(Pod pod) => pod.Status?.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    public static ContainerStatus StatusOf(this Pod pod, string container) => pod.Status!.ContainerStatuses.First(status => status.Name == container);
}
