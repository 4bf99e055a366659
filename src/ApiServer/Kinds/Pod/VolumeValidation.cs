using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The volumes of a pod: one name each, one source each, and what the sources that are mounted here need.</summary>
internal static class VolumeValidation
{
    /// <summary>0777.</summary>
    private const int MostMode = 0x1FF;
    private static readonly string[] HostPathTypes = ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    public static IEnumerable<FieldError> Validate(IReadOnlyList<Volume> volumes)
    {
        var names = new HashSet<string>();
        for (var index = 0; index < volumes.Count; index++)
        {
            var (field, volume) = ($"spec.volumes[{index}]", volumes[index]);
            if (volume.Name.Length == 0) yield return FieldError.Required($"{field}.name");
            else foreach (var error in FieldRules.Label($"{field}.name", volume.Name)) yield return error;
            if (volume.Name.Length > 0 && !names.Add(volume.Name)) yield return FieldError.Duplicate($"{field}.name", volume.Name);
            var sources = VolumeSources.Of(volume).ToList();
            if (sources.Count == 0) yield return FieldError.Required(field, "must specify a volume type");
            foreach (var extra in sources.Skip(1)) yield return FieldError.Forbidden($"{field}.{extra}", "may not specify more than 1 volume type");
            foreach (var error in Source(field, volume)) yield return error;
        }
    }

    private static IEnumerable<FieldError> Source(string field, Volume volume)
    {
        if (volume.HostPath is { } path) return HostPath($"{field}.hostPath", path);
        if (volume.EmptyDir?.SizeLimit is { } limit) return Amounts.NotNegative($"{field}.emptyDir.sizeLimit", limit);
        if (volume.Secret is { } secret)
            return FieldRules.Reference($"{field}.secret.secretName", secret.SecretName).Concat(Files($"{field}.secret", secret.Items, secret.DefaultMode));
        if (volume.ConfigMap is { } map)
            return FieldRules.Reference($"{field}.configMap.name", map.Name).Concat(Files($"{field}.configMap", map.Items, map.DefaultMode));
        if (volume.PersistentVolumeClaim is { } claim) return FieldRules.Reference($"{field}.persistentVolumeClaim.claimName", claim.ClaimName);
        if (volume.Nfs is { } nfs) return Nfs($"{field}.nfs", nfs);
        if (volume.DownwardAPI is { } down)
            return Mode($"{field}.downwardAPI.defaultMode", down.DefaultMode).Concat(down.Items.SelectMany((item, index) => DownwardFile($"{field}.downwardAPI.items[{index}]", item)));
        return volume.Projected is { } projected ? Mode($"{field}.projected.defaultMode", projected.DefaultMode) : [];
    }

    private static IEnumerable<FieldError> HostPath(string field, HostPathVolumeSource source)
    {
        if (source.Path.Length == 0) yield return FieldError.Required($"{field}.path");
        else if (source.Path.Split('/').Contains("..")) yield return FieldError.Invalid($"{field}.path", source.Path, "must not contain '..'");
        foreach (var error in FieldRules.OptionalOneOf($"{field}.type", source.Type, HostPathTypes)) yield return error;
    }

    private static IEnumerable<FieldError> Nfs(string field, NFSVolumeSource source)
    {
        if (source.Server.Length == 0) yield return FieldError.Required($"{field}.server");
        if (source.Path.Length == 0) yield return FieldError.Required($"{field}.path");
        else if (!source.Path.StartsWith('/')) yield return FieldError.Invalid($"{field}.path", source.Path, "must be an absolute path");
    }

    private static IEnumerable<FieldError> Files(string field, IReadOnlyList<KeyToPath> items, int? mode)
    {
        foreach (var error in Mode($"{field}.defaultMode", mode)) yield return error;
        for (var index = 0; index < items.Count; index++)
        {
            var (path, item) = ($"{field}.items[{index}]", items[index]);
            if (item.Key.Length == 0) yield return FieldError.Required($"{path}.key");
            foreach (var error in FilePath($"{path}.path", item.Path).Concat(Mode($"{path}.mode", item.Mode))) yield return error;
        }
    }

    private static IEnumerable<FieldError> DownwardFile(string field, DownwardAPIVolumeFile file)
    {
        foreach (var error in FilePath($"{field}.path", file.Path).Concat(Mode($"{field}.mode", file.Mode))) yield return error;
        if (file.FieldRef is null && file.ResourceFieldRef is null) yield return FieldError.Required(field, "one of fieldRef and resourceFieldRef is required");
        if (file.FieldRef is not null && file.ResourceFieldRef is not null) yield return FieldError.Invalid(field, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
    }

    private static IEnumerable<FieldError> FilePath(string field, string path) =>
        path.Length == 0 ? [FieldError.Required(field)] : VolumeMountValidation.LocalPath(field, path);

    private static IEnumerable<FieldError> Mode(string field, int? mode)
    {
        if (mode is < 0 or > MostMode) yield return FieldError.Invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
}
