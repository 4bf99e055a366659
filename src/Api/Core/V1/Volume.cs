using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Core.V1;

/// <summary>A directory or device that a pod's containers can mount; exactly one source is given.</summary>
public sealed record Volume
{
    /// <summary>Obsolete: AWS disk.</summary>
    [Proto(2, 4)]
    public AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; init; }

    /// <summary>Obsolete: Azure disk.</summary>
    [Proto(2, 22)]
    public AzureDiskVolumeSource? AzureDisk { get; init; }

    /// <summary>Obsolete: Azure file share.</summary>
    [Proto(2, 18)]
    public AzureFileVolumeSource? AzureFile { get; init; }

    /// <summary>Obsolete: CephFS directory.</summary>
    [Proto(2, 14)]
    public CephFSVolumeSource? Cephfs { get; init; }

    /// <summary>Obsolete: OpenStack disk.</summary>
    [Proto(2, 13)]
    public CinderVolumeSource? Cinder { get; init; }

    /// <summary>Keys of a config map, as files.</summary>
    [Proto(2, 19)]
    public ConfigMapVolumeSource? ConfigMap { get; init; }

    /// <summary>Volume of a CSI driver that lives as long as the pod.</summary>
    [Proto(2, 28)]
    public CSIVolumeSource? Csi { get; init; }

    /// <summary>Fields of the pod, as files.</summary>
    [Proto(2, 16)]
    public DownwardAPIVolumeSource? DownwardAPI { get; init; }

    /// <summary>Empty directory that lives as long as the pod.</summary>
    [Proto(2, 2)]
    public EmptyDirVolumeSource? EmptyDir { get; init; }

    /// <summary>Persistent volume claim made for this pod, that goes with it.</summary>
    [Proto(2, 29)]
    public EphemeralVolumeSource? Ephemeral { get; init; }

    /// <summary>Fibre Channel disk.</summary>
    [Proto(2, 17)]
    public FCVolumeSource? Fc { get; init; }

    /// <summary>Obsolete: volume of a FlexVolume driver.</summary>
    [Proto(2, 12)]
    public FlexVolumeSource? FlexVolume { get; init; }

    /// <summary>Obsolete: Flocker data set.</summary>
    [Proto(2, 15)]
    public FlockerVolumeSource? Flocker { get; init; }

    /// <summary>Obsolete: Google Cloud disk.</summary>
    [Proto(2, 3)]
    public GCEPersistentDiskVolumeSource? GcePersistentDisk { get; init; }

    /// <summary>Obsolete: clone of a git repository.</summary>
    [Proto(2, 5)]
    public GitRepoVolumeSource? GitRepo { get; init; }

    /// <summary>Obsolete: GlusterFS volume.</summary>
    [Proto(2, 9)]
    public GlusterfsVolumeSource? Glusterfs { get; init; }

    /// <summary>File or directory of the node.</summary>
    [Proto(2, 1)]
    public HostPathVolumeSource? HostPath { get; init; }

    /// <summary>Contents of an image, read-only.</summary>
    [Proto(2, 30)]
    public ImageVolumeSource? Image { get; init; }

    /// <summary>iSCSI disk.</summary>
    [Proto(2, 8)]
    public ISCSIVolumeSource? Iscsi { get; init; }

    /// <summary>DNS label, unique in the pod; mounts refer to it.</summary>
    [Proto(1), Required]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Directory of an NFS server.</summary>
    [Proto(2, 7)]
    public NFSVolumeSource? Nfs { get; init; }

    /// <summary>Persistent volume, by its claim.</summary>
    [Proto(2, 10)]
    public PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; init; }

    /// <summary>Obsolete: Photon disk.</summary>
    [Proto(2, 23)]
    public PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; init; }

    /// <summary>Obsolete: Portworx volume.</summary>
    [Proto(2, 24)]
    public PortworxVolumeSource? PortworxVolume { get; init; }

    /// <summary>Several sources in one directory.</summary>
    [Proto(2, 26)]
    public ProjectedVolumeSource? Projected { get; init; }

    /// <summary>Obsolete: Quobyte volume.</summary>
    [Proto(2, 21)]
    public QuobyteVolumeSource? Quobyte { get; init; }

    /// <summary>Obsolete: Ceph block device.</summary>
    [Proto(2, 11)]
    public RBDVolumeSource? Rbd { get; init; }

    /// <summary>Obsolete: ScaleIO volume.</summary>
    [Proto(2, 25)]
    public ScaleIOVolumeSource? ScaleIO { get; init; }

    /// <summary>Keys of a secret, as files in memory.</summary>
    [Proto(2, 6)]
    public SecretVolumeSource? Secret { get; init; }

    /// <summary>Obsolete: StorageOS volume.</summary>
    [Proto(2, 27)]
    public StorageOSVolumeSource? Storageos { get; init; }

    /// <summary>Obsolete: vSphere disk.</summary>
    [Proto(2, 20)]
    public VsphereVirtualDiskVolumeSource? VsphereVolume { get; init; }
}
