using System.Text.Json.Serialization;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Api.Serialization;

/// <summary>The generated serializers of every kind. Use them through <see cref="ApiSerializer"/>, which adds the rules for empty fields.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(KubeList<Namespace>))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(KubeList<Node>))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(KubeList<Pod>))]
[JsonSerializable(typeof(Binding))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(KubeList<Service>))]
[JsonSerializable(typeof(Endpoints))]
[JsonSerializable(typeof(KubeList<Endpoints>))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(KubeList<ConfigMap>))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(KubeList<Secret>))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(KubeList<ServiceAccount>))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(KubeList<Event>))]
[JsonSerializable(typeof(EndpointSlice))]
[JsonSerializable(typeof(KubeList<EndpointSlice>))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(KubeList<Lease>))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(DeleteOptions))]
[JsonSerializable(typeof(APIGroup))]
[JsonSerializable(typeof(APIGroupList))]
[JsonSerializable(typeof(APIResourceList))]
[JsonSerializable(typeof(APIVersions))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(Discovery.V1.EndpointPort), TypeInfoPropertyName = "SliceEndpointPort")]
[JsonSerializable(typeof(IReadOnlyList<Discovery.V1.EndpointPort>), TypeInfoPropertyName = "SliceEndpointPorts")]
internal sealed partial class ApiJson : JsonSerializerContext;
