using MiniK8s.Api.Core.V1;

namespace MiniK8s.Kubectl.Describing;

/// <summary>The volumes of a pod.</summary>
internal static class VolumeDescription
{
    /// <summary>Writes the heading and the volumes.</summary>
    public static void Write(TabText text, IReadOnlyList<Volume> volumes)
    {
        text.Line(0, volumes.Count == 0 ? "Volumes:\t<none>" : "Volumes:");
        foreach (var volume in volumes)
        {
            text.Line(1, $"{volume.Name}:");
            foreach (var line in Lines(volume)) text.Line(2, line);
        }
    }

    private static IEnumerable<string> Lines(Volume volume) => volume switch
    {
        { HostPath: { } path } =>
            ["Type:\tHostPath (bare host directory volume)", $"Path:\t{path.Path}", $"HostPathType:\t{path.Type}"],
        { EmptyDir: { } empty } =>
            ["Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)", $"Medium:\t{empty.Medium}", $"SizeLimit:\t{empty.SizeLimit?.ToString() ?? "<unset>"}"],
        { Secret: { } secret } =>
            ["Type:\tSecret (a volume populated by a Secret)", $"SecretName:\t{secret.SecretName}", $"Optional:\t{Common.Flag(secret.Optional)}"],
        { ConfigMap: { } map } =>
            ["Type:\tConfigMap (a volume populated by a ConfigMap)", $"Name:\t{map.Name}", $"Optional:\t{Common.Flag(map.Optional)}"],
        { PersistentVolumeClaim: { } claim } =>
            ["Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)", $"ClaimName:\t{claim.ClaimName}", $"ReadOnly:\t{Common.Flag(claim.ReadOnly)}"],
        { Nfs: { } nfs } =>
            ["Type:\tNFS (an NFS mount that lasts the lifetime of a pod)", $"Server:\t{nfs.Server}", $"Path:\t{nfs.Path}", $"ReadOnly:\t{Common.Flag(nfs.ReadOnly)}"],
        { Projected: { } projected } =>
            ["Type:\tProjected (a volume that contains injected data from multiple sources)", .. projected.Sources.SelectMany(Lines)],
        { DownwardAPI: { } downward } =>
            [
                "Type:\tDownwardAPI (a volume populated by information about the pod)", "Items:",
                .. downward.Items.Select(item => $"  {item.FieldRef?.FieldPath ?? item.ResourceFieldRef?.Resource} -> {item.Path}"),
            ],
        _ => ["Type:\tanother type; -o yaml shows it"],
    };

    private static IEnumerable<string> Lines(VolumeProjection source) => source switch
    {
        { Secret: { } secret } => [$"SecretName:\t{secret.Name}", $"Optional:\t{Common.Flag(secret.Optional)}"],
        { ConfigMap: { } map } => [$"ConfigMapName:\t{map.Name}", $"Optional:\t{Common.Flag(map.Optional)}"],
        { DownwardAPI: not null } => ["DownwardAPI:\ttrue"],
        { ServiceAccountToken: { } token } => [$"TokenExpirationSeconds:\t{token.ExpirationSeconds}"],
        _ => [],
    };
}
