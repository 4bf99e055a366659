using System.Text.Json.Serialization;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Proxy.Views;

/// <summary>How views, and lists of them, are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(KubeList<ServiceView>))]
[JsonSerializable(typeof(KubeList<SliceView>))]
internal sealed partial class ViewJson : JsonSerializerContext;
