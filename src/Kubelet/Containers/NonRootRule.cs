using System.Globalization;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Containers;

/// <summary><c>runAsNonRoot</c>: a container that would run as user 0 is not started (pkg/kubelet/kuberuntime/security_context).</summary>
internal static class NonRootRule
{
    /// <summary>Checks the user that the container would run as.</summary>
    /// <exception cref="ContainerConfigException">It is root, or nobody can tell.</exception>
    public static void Check(Pod pod, Container container, ImageDetails image)
    {
        if ((container.SecurityContext?.RunAsNonRoot ?? pod.Spec?.SecurityContext?.RunAsNonRoot) != true) return;
        if ((container.SecurityContext?.RunAsUser ?? pod.Spec?.SecurityContext?.RunAsUser) is { } asked)
        {
            if (asked == 0) throw new ContainerConfigException("container's runAsUser breaks non-root policy");
            return;
        }

        var user = image.User.Split(':')[0];
        if (user is "" or "root") throw new ContainerConfigException("container has runAsNonRoot and image will run as root");
        if (!long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new ContainerConfigException($"container has runAsNonRoot and image has non-numeric user ({user}), cannot verify user is non-root");
        }

        if (number == 0) throw new ContainerConfigException("container has runAsNonRoot and image will run as root");
    }
}
