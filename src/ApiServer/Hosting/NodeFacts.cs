using System.Text.Json;
using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Security.Authorization;

namespace MiniK8s.ApiServer.Hosting;

/// <summary>What is bound to which node, from the cache of pods.</summary>
internal sealed class NodeFacts(ResourceTables tables) : INodeFacts
{
    private const string NodeField = "spec.nodeName";

    /// <inheritdoc/>
    public bool IsBound(string node, string @namespace, string pod) =>
        Pods?.Find(new ObjectKey(@namespace, pod).ToString()) is not { } found || found.Fields.GetValueOrDefault(NodeField) == node;

    /// <inheritdoc/>
    public bool RefersTo(string node, string resource, string @namespace, string name)
    {
        if (Pods is not { } pods || @namespace.Length == 0) return false;
        return pods.In(pods.RangeOf(@namespace)).Any(pod => pod.Fields.GetValueOrDefault(NodeField) == node && References(pod, resource).Contains(name));
    }

    private CacheSnapshot? Pods => tables.Current.Registry(Pod.Info.Group, Pod.Info.Version, Pod.Info.Plural)?.Reader.Cache.Current;

    private static IEnumerable<string?> References(CachedObject value, string resource)
    {
        try
        {
            var spec = ApiSerializer.Deserialize<Pod>(value.Json.Span).Spec ?? new PodSpec();
            return resource == "secrets" ? Secrets(spec) : ConfigMaps(spec);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string?> Secrets(PodSpec spec) =>
    [
        .. spec.ImagePullSecrets.Select(reference => reference.Name),
        .. spec.Volumes.Select(volume => volume.Secret?.SecretName),
        .. spec.Volumes.SelectMany(volume => volume.Projected?.Sources ?? []).Select(source => source.Secret?.Name),
        .. Environments(spec).Select(variable => variable.ValueFrom?.SecretKeyRef?.Name),
        .. Sources(spec).Select(source => source.SecretRef?.Name),
    ];

    private static IEnumerable<string?> ConfigMaps(PodSpec spec) =>
    [
        .. spec.Volumes.Select(volume => volume.ConfigMap?.Name),
        .. spec.Volumes.SelectMany(volume => volume.Projected?.Sources ?? []).Select(source => source.ConfigMap?.Name),
        .. Environments(spec).Select(variable => variable.ValueFrom?.ConfigMapKeyRef?.Name),
        .. Sources(spec).Select(source => source.ConfigMapRef?.Name),
    ];

    private static IEnumerable<EnvVar> Environments(PodSpec spec) => spec.Containers.Concat(spec.InitContainers).SelectMany(container => container.Env);

    private static IEnumerable<EnvFromSource> Sources(PodSpec spec) => spec.Containers.Concat(spec.InitContainers).SelectMany(container => container.EnvFrom);
}
