using MiniK8s.Api.Core.V1;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>Which taints a pod bears (k8s.io/component-helpers scheduling/corev1).</summary>
internal static class Tolerations
{
    /// <summary>Whether the toleration covers the taint: an empty key with Exists covers all, an empty effect covers every effect.</summary>
    public static bool Covers(this Toleration toleration, Taint taint)
    {
        if (toleration.Effect is { Length: > 0 } effect && effect != taint.Effect) return false;
        if (toleration.Key is { Length: > 0 } key && key != taint.Key) return false;
        if (toleration.Operator == "Exists") return true;
        return toleration.Key is { Length: > 0 } && (toleration.Value ?? "") == (taint.Value ?? "");
    }

    /// <summary>Whether one of the tolerations covers the taint.</summary>
    public static bool Cover(this IReadOnlyList<Toleration> tolerations, Taint taint) => tolerations.Any(t => t.Covers(taint));
}
