using System.Text.Json.Serialization;

namespace MiniK8s.Kubelet.Docker.Wire;

/// <summary>Codecs of the bodies. Absent members are left out, so that the engine's own defaults hold.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateContainerBody))]
[JsonSerializable(typeof(CreatedBody))]
[JsonSerializable(typeof(ContainerListBody[]))]
[JsonSerializable(typeof(ContainerBody))]
[JsonSerializable(typeof(WaitBody))]
[JsonSerializable(typeof(ExecCreateBody))]
[JsonSerializable(typeof(ExecStartBody))]
[JsonSerializable(typeof(ExecBody))]
[JsonSerializable(typeof(StatsBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(VersionBody))]
[JsonSerializable(typeof(InfoBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(ImageBody))]
[JsonSerializable(typeof(ImageListBody[]))]
[JsonSerializable(typeof(ImageProgressBody))]
[JsonSerializable(typeof(RegistryAuthBody))]
[JsonSerializable(typeof(CreateNetworkBody))]
[JsonSerializable(typeof(NetworkBody))]
[JsonSerializable(typeof(NetworkBody[]))]
[JsonSerializable(typeof(ConnectBody))]
[JsonSerializable(typeof(DisconnectBody))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DockerJson : JsonSerializerContext;
