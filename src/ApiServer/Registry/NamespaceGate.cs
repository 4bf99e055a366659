using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// Lets objects be created only in namespaces that exist and are not being deleted. The answer is a condition for the transaction
/// of the creation, so no object can slip into a namespace while it is emptied.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="cache">The namespaces.</param>
/// <param name="namespaces">The names of the kind Namespace.</param>
internal sealed class NamespaceGate(IStore store, WatchCache cache, KindInfo namespaces)
{
    /// <summary>The condition under which an object may be created in the namespace.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="resource">The resource to be created, for the error.</param>
    /// <param name="objectName">The object to be created, for the error.</param>
    /// <param name="isFresh">Whether the cache will not do, because a write with its answer was overtaken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ApiException">404: there is none. 403: it is being deleted.</exception>
    public async ValueTask<StoreCondition> EnterAsync(
        string name, KindInfo resource, string objectName, bool isFresh, CancellationToken cancellationToken)
    {
        var key = RegistryKeys.Of(namespaces, new Api.ObjectKey("", name));
        if (!isFresh && cache.Current.Find(name) is { } cached && !IsTerminating(cached)) return new StoreCondition(key, cached.Revision);
        var read = await store.GetAsync(key, cancellationToken);
        if (read.Value is not { } value) throw ApiErrors.NotFound(namespaces, name);
        var found = CachedObject.FromStore(name, value.ModRevision, value.Value.Span, NoFieldReader.Instance);
        return IsTerminating(found) ? throw Refusals.Terminating(resource, objectName, name) : new StoreCondition(key, value.ModRevision);
    }

    private static bool IsTerminating(CachedObject value)
    {
        var reader = new Utf8JsonReader(value.Metadata.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDeletion = reader.ValueTextEquals("deletionTimestamp"u8);
            reader.Read();
            if (isDeletion) return reader.TokenType != JsonTokenType.Null;
            reader.Skip();
        }

        return false;
    }
}
