using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Caching;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;
using MiniK8s.ControllerManager.Facts;
using MiniK8s.Runtime.Controllers;

namespace MiniK8s.ControllerManager.NamespaceDefaults;

/// <summary>
/// Puts into every namespace what pods expect there: the service account <c>default</c> and the config map
/// <c>kube-root-ca.crt</c> with the authority of the API server. Both come back when somebody deletes or changes them.
/// </summary>
internal sealed class NamespaceDefaultsController(
    IApiClient client, NamespaceDefaultsController.Views views, string? rootCertificate) : IReconciler
{
    private const string AccountName = "default";
    private const string ConfigMapName = "kube-root-ca.crt";
    private const string CertificateKey = "ca.crt";

    private static readonly FeedScope Accounts = new(FieldSelector: $"metadata.name={AccountName}");
    private static readonly FeedScope ConfigMaps = new(FieldSelector: $"metadata.name={ConfigMapName}");

    /// <summary>What the controller reads: of accounts and config maps only the two names.</summary>
    internal sealed record Views(ICache<Namespace> Namespaces, ICache<ServiceAccount> Accounts, ICache<ConfigMap> ConfigMaps);

    /// <summary>The controller with its watches.</summary>
    public static Controller Build(ControllerParts parts)
    {
        var views = new Views(parts.Cache<Namespace>(), parts.Cache<ServiceAccount>(Accounts), parts.Cache<ConfigMap>(ConfigMaps));
        return parts.Host("namespace-defaults", new NamespaceDefaultsController(parts.Client, views, parts.Options.RootCertificate))
            .Watch(views.Namespaces)
            .Watch(views.Accounts, change => [new ObjectKey("", change.Key.Namespace)])
            .Watch(views.ConfigMaps, change => [new ObjectKey("", change.Key.Namespace)]);
    }

    /// <inheritdoc/>
    public async ValueTask<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (views.Namespaces.Get(key) is not { Metadata.DeletionTimestamp: null }) return ReconcileResult.Done;
        if (views.Accounts.Get(new ObjectKey(key.Name, AccountName)) is null)
        {
            await CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = key.Name, Name = AccountName } }, cancellationToken);
        }

        if (rootCertificate is not null) await EnsureCertificateAsync(key.Name, rootCertificate, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task EnsureCertificateAsync(string @namespace, string certificate, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, string> { [CertificateKey] = certificate };
        if (views.ConfigMaps.Get(new ObjectKey(@namespace, ConfigMapName)) is not { } existing)
        {
            var annotations = new Dictionary<string, string>
            {
                ["kubernetes.io/description"] = "The certificate authority that signed the API server's certificate, for pods that talk to it.",
            };
            var metadata = new ObjectMeta { Namespace = @namespace, Name = ConfigMapName, Annotations = annotations };
            await CreateAsync(new ConfigMap { Metadata = metadata, Data = data }, cancellationToken);
        }
        else if (!LabelMaps.AreEqual(existing.Data, data))
        {
            await client.UpdateAsync(existing with { Data = data }, cancellationToken: cancellationToken);
        }
    }

    private async Task CreateAsync<T>(T value, CancellationToken cancellationToken) where T : class, IResource<T>
    {
        try
        {
            await client.CreateAsync(value, cancellationToken);
        }
        catch (ApiException refusal) when (refusal.IsAlreadyExists || refusal.IsNotFound || refusal.IsNamespaceTerminating)
        {
            // It is there and the cache will show it; or the namespace goes.
        }
    }
}
