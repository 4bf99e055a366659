using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubelet.Planning;

/// <summary>One step towards what a pod asks for. The shell executes the steps of a plan in order, and plans again after a failure.</summary>
internal abstract record PodCommand
{
    private PodCommand()
    {
    }

    /// <summary>Makes the pause container, and with it the pod's network.</summary>
    internal sealed record CreateSandbox(int Attempt) : PodCommand;

    /// <summary>Has the image, makes and starts the container in the sandbox.</summary>
    internal sealed record StartContainer(Container Container, int Attempt, int Crashes) : PodCommand;

    /// <summary>
    /// Asks the container to end, and kills it after the grace period. Nobody waits for it: the pod is planned anew when it has ended.
    /// </summary>
    internal sealed record StopContainer(string Id, string Name, TimeSpan Grace, string Why) : PodCommand;

    /// <summary>Ends the pause container, which has nothing to finish, and waits for its end.</summary>
    internal sealed record StopSandbox(string Id) : PodCommand;

    /// <summary>Forgets an ended container.</summary>
    internal sealed record RemoveContainer(string Id, string Name) : PodCommand;

    /// <summary>Removes the pod's directories on the host.</summary>
    internal sealed record RemoveVolumes : PodCommand;

    /// <summary>Removes the pod from the API: nothing of it is left here.</summary>
    internal sealed record ConfirmDeletion : PodCommand;
}

/// <summary>The steps, and when to look again even if nothing happens.</summary>
/// <param name="Commands">In order.</param>
/// <param name="LookAgain">Null where only a change matters.</param>
internal sealed record PodPlan(IReadOnlyList<PodCommand> Commands, TimeSpan? LookAgain = null)
{
    /// <summary>Nothing to do.</summary>
    public static PodPlan Nothing { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join("; ", Commands)}]{(LookAgain is { } after ? $" again in {after}" : "")}";
}
