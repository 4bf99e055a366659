using MiniK8s.Api.Core.V1;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>The kinds of volume, by the names of their fields.</summary>
internal static class VolumeSources
{
    private static readonly (string Field, Func<Volume, object?> Source)[] All =
    [
        ("awsElasticBlockStore", volume => volume.AwsElasticBlockStore),
        ("azureDisk", volume => volume.AzureDisk),
        ("azureFile", volume => volume.AzureFile),
        ("cephfs", volume => volume.Cephfs),
        ("cinder", volume => volume.Cinder),
        ("configMap", volume => volume.ConfigMap),
        ("csi", volume => volume.Csi),
        ("downwardAPI", volume => volume.DownwardAPI),
        ("emptyDir", volume => volume.EmptyDir),
        ("ephemeral", volume => volume.Ephemeral),
        ("fc", volume => volume.Fc),
        ("flexVolume", volume => volume.FlexVolume),
        ("flocker", volume => volume.Flocker),
        ("gcePersistentDisk", volume => volume.GcePersistentDisk),
        ("gitRepo", volume => volume.GitRepo),
        ("glusterfs", volume => volume.Glusterfs),
        ("hostPath", volume => volume.HostPath),
        ("image", volume => volume.Image),
        ("iscsi", volume => volume.Iscsi),
        ("nfs", volume => volume.Nfs),
        ("persistentVolumeClaim", volume => volume.PersistentVolumeClaim),
        ("photonPersistentDisk", volume => volume.PhotonPersistentDisk),
        ("portworxVolume", volume => volume.PortworxVolume),
        ("projected", volume => volume.Projected),
        ("quobyte", volume => volume.Quobyte),
        ("rbd", volume => volume.Rbd),
        ("scaleIO", volume => volume.ScaleIO),
        ("secret", volume => volume.Secret),
        ("storageos", volume => volume.Storageos),
        ("vsphereVolume", volume => volume.VsphereVolume),
    ];

    /// <summary>The fields that the volume has set. Exactly one is right.</summary>
    public static IEnumerable<string> Of(Volume volume) => All.Where(kind => kind.Source(volume) is not null).Select(kind => kind.Field);
}
