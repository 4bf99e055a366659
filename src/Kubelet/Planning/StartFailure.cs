namespace MiniK8s.Kubelet.Planning;

/// <summary>Why a container of a pod could not be started last time. Kept in memory: a new kubelet simply tries again.</summary>
/// <param name="Reason">Such as <c>ErrImagePull</c>, <c>CreateContainerError</c>, <c>CreateContainerConfigError</c>, <c>RunContainerError</c>.</param>
/// <param name="Message">The engine's words.</param>
/// <param name="Count">How often in a row.</param>
/// <param name="At">When last.</param>
internal sealed record StartFailure(string Reason, string Message, int Count, DateTimeOffset At)
{
    /// <summary>In place of a container's name: the start of the sandbox.</summary>
    public const string OfSandbox = "";

    /// <summary>The next try.</summary>
    public DateTimeOffset RetryAt => At + BackOff.Delay(Count);
}
