namespace MiniK8s.Kubelet.Planning;

/// <summary>A container cannot be started as things are. It is tried again later, and until then shows why.</summary>
/// <param name="reason">
/// <c>ErrImagePull</c>, <c>ErrImageNeverPull</c>, <c>InvalidImageName</c>, <c>CreateContainerConfigError</c>, <c>CreateContainerError</c>
/// or <c>RunContainerError</c>.
/// </param>
/// <param name="message">Why, in the words of whoever refused.</param>
/// <param name="inner">The refusal.</param>
internal sealed class StartException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reason that the container's status shows.</summary>
    public string Reason { get; } = reason;
}
