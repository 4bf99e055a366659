using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Rest;

namespace MiniK8s.Kubelet.Containers;

/// <summary>Finds the environment of a container: plain values, fields of the pod, ConfigMaps and Secrets.</summary>
internal sealed class EnvironmentResolver(IApiClient client)
{
    /// <summary>The variables in order, each once, with <c>$(NAME)</c> put in from those before it.</summary>
    /// <exception cref="ContainerConfigException">Something that a variable refers to is not there.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ResolveAsync(Pod pod, Container container, PodAddresses addresses, CancellationToken cancellationToken)
    {
        var variables = new OrderedDictionary<string, string>();
        foreach (var source in container.EnvFrom) await AddAllAsync(variables, pod, source, cancellationToken);
        foreach (var variable in container.Env)
        {
            var value = variable.ValueFrom is { } from
                ? await ValueAsync(pod, container, variable.Name, from, addresses, cancellationToken)
                : VariableExpansion.Expand(variable.Value ?? "", variables);
            if (value is not null) variables[variable.Name] = value;
        }

        return [.. variables];
    }

    private async Task AddAllAsync(OrderedDictionary<string, string> variables, Pod pod, EnvFromSource source, CancellationToken cancellationToken)
    {
        var prefix = source.Prefix ?? "";
        if (source.ConfigMapRef is { } map)
        {
            foreach (var (key, value) in await ConfigMapAsync(pod, map.Name, map.Optional, cancellationToken)) variables[prefix + key] = value;
        }

        if (source.SecretRef is { } secret)
        {
            foreach (var (key, value) in await SecretAsync(pod, secret.Name, secret.Optional, cancellationToken)) variables[prefix + key] = value;
        }
    }

    private async Task<string?> ValueAsync(Pod pod, Container container, string name, EnvVarSource from, PodAddresses addresses, CancellationToken cancellationToken)
    {
        if (from.FieldRef is { } field) return PodFields.Read(pod, field.FieldPath, addresses);
        if (from.ResourceFieldRef is { } resource) return ResourceFields.Read(pod, container, resource);
        if (from.ConfigMapKeyRef is { } map)
        {
            return Pick(await ConfigMapAsync(pod, map.Name, map.Optional, cancellationToken), map.Key, map.Optional, $"configmap \"{map.Name}\"");
        }

        if (from.SecretKeyRef is { } secret)
        {
            return Pick(await SecretAsync(pod, secret.Name, secret.Optional, cancellationToken), secret.Key, secret.Optional, $"secret \"{secret.Name}\"");
        }

        throw new ContainerConfigException($"env {name}: valueFrom names no source; give fieldRef, resourceFieldRef, configMapKeyRef or secretKeyRef");
    }

    private static string? Pick(IReadOnlyDictionary<string, string> values, string key, bool? optional, string where)
    {
        if (values.TryGetValue(key, out var value)) return value;
        return optional == true ? null : throw new ContainerConfigException($"couldn't find key {key} in {where}");
    }

    private async Task<IReadOnlyDictionary<string, string>> ConfigMapAsync(Pod pod, string? name, bool? optional, CancellationToken cancellationToken)
    {
        var map = await FindAsync<ConfigMap>(pod, name, optional, "configmap", cancellationToken);
        return map?.Data ?? new Dictionary<string, string>();
    }

    private async Task<IReadOnlyDictionary<string, string>> SecretAsync(Pod pod, string? name, bool? optional, CancellationToken cancellationToken)
    {
        var secret = await FindAsync<Secret>(pod, name, optional, "secret", cancellationToken);
        return secret?.Data.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value)) ?? [];
    }

    private async Task<T?> FindAsync<T>(Pod pod, string? name, bool? optional, string what, CancellationToken cancellationToken)
        where T : class, Api.Declarations.IResource<T>
    {
        try
        {
            return await client.GetAsync<T>(pod.Metadata.Namespace, name ?? "", cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return optional == true ? null : throw new ContainerConfigException($"{what} \"{name}\" not found");
        }
        catch (ApiException error) when (error.Code == 403)
        {
            throw new ContainerConfigException(error.Message);
        }
    }
}

/// <summary>A container cannot be described to the engine because something it refers to is missing: <c>CreateContainerConfigError</c>.</summary>
internal sealed class ContainerConfigException(string message) : Exception(message);

/// <summary>Addresses that a pod may ask for in its environment.</summary>
/// <param name="Pod">The pod's address.</param>
/// <param name="Host">The node's address.</param>
internal sealed record PodAddresses(string Pod, string Host);
