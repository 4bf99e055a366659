using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>What a volume gets for fields that its author left out. A volume that names no source is an empty directory.</summary>
internal static class VolumeDefaults
{
    /// <summary>0644.</summary>
    private const int FileMode = 0x1A4;
    private const long TokenSeconds = 3600;

    public static Volume Apply(Volume volume)
    {
        if (!VolumeSources.Of(volume).Any()) volume = volume with { EmptyDir = new() };
        return volume with
        {
            EmptyDir = volume.EmptyDir?.SizeLimit is { } limit ? volume.EmptyDir with { SizeLimit = Amounts.Canonical(limit) } : volume.EmptyDir,
            HostPath = volume.HostPath is { Type: null } path ? path with { Type = "" } : volume.HostPath,
            Secret = volume.Secret is { } secret ? secret with { DefaultMode = secret.DefaultMode ?? FileMode } : null,
            ConfigMap = volume.ConfigMap is { } map ? map with { DefaultMode = map.DefaultMode ?? FileMode } : null,
            DownwardAPI = volume.DownwardAPI is { } down
                ? down with { DefaultMode = down.DefaultMode ?? FileMode, Items = [.. down.Items.Select(File)] } : null,
            Projected = volume.Projected is { } projected
                ? projected with { DefaultMode = projected.DefaultMode ?? FileMode, Sources = [.. projected.Sources.Select(Projection)] } : null,
        };
    }

    private static VolumeProjection Projection(VolumeProjection source) => source with
    {
        DownwardAPI = source.DownwardAPI is { } down ? down with { Items = [.. down.Items.Select(File)] } : null,
        ServiceAccountToken = source.ServiceAccountToken is { } token ? token with { ExpirationSeconds = token.ExpirationSeconds ?? TokenSeconds } : null,
    };

    private static DownwardAPIVolumeFile File(DownwardAPIVolumeFile file) =>
        file.FieldRef is { ApiVersion: null or "" } reference ? file with { FieldRef = reference with { ApiVersion = "v1" } } : file;
}
