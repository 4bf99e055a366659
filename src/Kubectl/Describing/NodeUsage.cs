using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Values;

namespace MiniK8s.Kubectl.Describing;

/// <summary>What the pods of a node ask of it, each and together, beside what it has.</summary>
internal static class NodeUsage
{
    private const string Cpu = "cpu";
    private const string Memory = "memory";
    private const string Storage = "ephemeral-storage";

    /// <summary>Writes the pods and the sums.</summary>
    public static void Write(TabText text, NodeStatus status, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        var available = status.Allocatable.Count > 0 ? status.Allocatable : status.Capacity;
        text.Line(0, $"Non-terminated Pods:\t({pods.Count} in total)").Line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
        text.Line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
        foreach (var pod in pods)
        {
            var (cpu, memory) = (Parts(pod, Cpu), Parts(pod, Memory));
            text.Line(1, $"{pod.Metadata.Namespace}\t{pod.Metadata.Name}\t\t{cpu}\t{memory}\t{Age.Of(pod.Metadata.CreationTimestamp, now)}");
        }

        text.Line(0, "Allocated resources:").Line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
        text.Line(1, "Resource\tRequests\tLimits").Line(1, "--------\t--------\t------");
        foreach (var name in available.Keys.Where(IsHugePages).Order(StringComparer.Ordinal).Prepend(Storage).Prepend(Memory).Prepend(Cpu))
        {
            text.Line(1, $"{name}\t{Part(Sum(pods, pod => Request(pod, name)), available, name)}\t{Part(Sum(pods, pod => Limit(pod, name)), available, name)}");
        }

        foreach (var name in available.Keys.Where(name => name is not (Cpu or Memory or Storage or "pods") && !IsHugePages(name)).Order(StringComparer.Ordinal))
        {
            text.Line(1, $"{name}\t{Sum(pods, pod => Request(pod, name))}\t{Sum(pods, pod => Limit(pod, name))}");
        }

        string Parts(Pod pod, string name) => $"{Part(Request(pod, name), available, name)}\t{Part(Limit(pod, name), available, name)}";
    }

    private static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static Quantity Request(Pod pod, string name) => OfPod(pod, name, resources => resources.Requests);

    private static Quantity Limit(Pod pod, string name) => OfPod(pod, name, resources => resources.Limits);

    // Init containers run before the others, one after the other: the pod needs the larger of the two.
    private static Quantity OfPod(Pod pod, string name, Func<ResourceRequirements, IReadOnlyDictionary<string, Quantity>> read)
    {
        var spec = pod.Spec ?? new PodSpec();
        var needed = spec.Containers.Select(Amount).Aggregate(new Quantity("0"), (sum, amount) => sum + amount);
        foreach (var amount in spec.InitContainers.Select(Amount)) needed = amount > needed ? amount : needed;
        return spec.Overhead.TryGetValue(name, out var overhead) ? needed + overhead : needed;

        Quantity Amount(Container container) => container.Resources is { } resources && read(resources).TryGetValue(name, out var amount) ? amount : new Quantity("0");
    }

    private static Quantity Sum(IReadOnlyList<Pod> pods, Func<Pod, Quantity> amount) => pods.Select(amount).Aggregate(new Quantity("0"), (sum, one) => sum + one);

    private static string Part(Quantity amount, IReadOnlyDictionary<string, Quantity> available, string name)
    {
        var whole = available.TryGetValue(name, out var has) ? name == Cpu ? has.Milli : has.Units : 0;
        var percent = whole == 0 ? 0 : (long)((double)(name == Cpu ? amount.Milli : amount.Units) / whole * 100);
        return $"{amount.Canonical} ({percent}%)";
    }
}
