namespace MiniK8s.Kubelet.Planning;

/// <summary>Why a container of a pod could not be started last time. Kept in memory: a new kubelet simply tries again.</summary>
/// <param name="Reason">Such as <c>ErrImagePull</c>, <c>CreateContainerError</c>, <c>CreateContainerConfigError</c>, <c>RunContainerError</c>.</param>
/// <param name="Message">The engine's words.</param>
/// <param name="Count">How often in a row.</param>
/// <param name="At">When last.</param>
internal sealed record StartFailure(string Reason, string Message, int Count, DateTimeOffset At)
{
    /// <summary>Whether the image is what is missing; such a failure shows as <c>ImagePullBackOff</c> while it waits.</summary>
    public bool IsImage => Reason is "ErrImagePull" or "ErrImageNeverPull" or "InvalidImageName";

    /// <summary>The next try.</summary>
    public DateTimeOffset RetryAt => At + BackOff.Delay(Count);
}
