using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>A stored resource whose kind is a type: decodes what comes in, and hands it to creation, update and deletion.</summary>
internal sealed class Registry<T> : IResourceRegistry where T : class, IResource<T>
{
    private readonly ResourceKind<T> kind;
    private readonly ObjectCreation<T> creation;
    private readonly ObjectUpdate<T> update;
    private readonly ObjectDeletion<T> deletion;

    /// <summary>A registry of one kind.</summary>
    public Registry(RegistryParts<T> parts)
    {
        kind = parts.Kind;
        Reader = parts.Reader;
        Rows = new TableRows<T>(kind);
        Traits = new ResourceTraits(kind.HasStatus, kind.DeletesCollections, [.. kind.SelectableFields.Keys]);
        creation = new ObjectCreation<T>(parts);
        update = new ObjectUpdate<T>(parts, creation);
        deletion = new ObjectDeletion<T>(parts);
    }

    /// <inheritdoc/>
    public KindInfo Info => kind.Info;

    /// <inheritdoc/>
    public ApiKind Kind { get; } = ApiKind.Of<T>();

    /// <inheritdoc/>
    public ResourceTraits Traits { get; }

    /// <inheritdoc/>
    public CacheReader Reader { get; }

    /// <inheritdoc/>
    public ITableRows Rows { get; }

    /// <inheritdoc/>
    public Task<WriteOutcome> CreateAsync(string @namespace, ParsedBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        var value = InNamespace(Decode(body, options), @namespace);
        return creation.RunAsync(value, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WriteOutcome> UpdateAsync(ObjectKey key, bool status, ParsedBody body, WriteOptions options, CancellationToken cancellationToken)
    {
        var value = Named(InNamespace(Decode(body, options), key.Namespace), key.Name);
        var decodingWarnings = options.Warnings.ToList();
        var request = new UpdateRequest<T>(
            _ =>
            {
                options.Warnings.AddRange(decodingWarnings);
                return value;
            },
            Rules(status)) { WhenAbsent = kind.CreatesOnUpdate && !status ? () => value : null };
        return update.RunAsync(key, request, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WriteOutcome> PatchAsync(ObjectKey key, bool status, IObjectPatch patch, WriteOptions options, CancellationToken cancellationToken)
    {
        var request = new UpdateRequest<T>(existing => Named(InNamespace(Decode(patch.Apply(existing.Json), options), key.Namespace), key.Name), Rules(status));
        return update.RunAsync(key, request, options, cancellationToken);
    }

    /// <summary>Changes an object by code: how subresources such as a binding write.</summary>
    public Task<WriteOutcome> ChangeAsync(ObjectKey key, UpdateRequest<T> request, WriteOptions options, CancellationToken cancellationToken) =>
        update.RunAsync(key, request, options, cancellationToken);

    /// <inheritdoc/>
    public Task<WriteOutcome> DeleteAsync(ObjectKey key, DeleteOptions options, bool dryRun, CancellationToken cancellationToken) =>
        deletion.RunAsync(key, options, dryRun, cancellationToken);

    private UpdateRules<T> Rules(bool status) => status ? UpdateRules<T>.ForStatus(kind) : UpdateRules<T>.ForObject(kind);

    private T Decode(ParsedBody body, WriteOptions options)
    {
        RequireKind(body);
        try
        {
            // Either may be left out where the path says it.
            (body.Object["apiVersion"], body.Object["kind"]) = (Info.GroupVersion, Info.Kind);
            var decoded = ObjectDecoder.Check(body, Kind.Schema, options.FieldValidation);
            options.Warnings.AddRange(decoded.Warnings);
            return ObjectDecoder.Typed<T>(decoded.Object);
        }
        catch (DecodingException problem)
        {
            throw ApiErrors.Undecodable(Info, problem);
        }
    }

    private void RequireKind(ParsedBody body)
    {
        if (body.Kind == Info.Kind && body.ApiVersion == Info.GroupVersion) return;
        if (body.Kind.Length == 0 && body.ApiVersion.Length == 0) return;
        throw ApiErrors.BadRequest(
            $"the API version in the data ({body.ApiVersion}, Kind={body.Kind}) does not match the expected API version ({Info.GroupVersion}, Kind={Info.Kind})");
    }

    private T InNamespace(T value, string @namespace)
    {
        if (!Info.Namespaced) return value;
        if (string.IsNullOrEmpty(value.Metadata.Namespace)) return value.WithMetadata(value.Metadata with { Namespace = @namespace });
        return value.Metadata.Namespace == @namespace
            ? value
            : throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private static T Named(T value, string name)
    {
        if (string.IsNullOrEmpty(value.Metadata.Name)) return value.WithMetadata(value.Metadata with { Name = name });
        return value.Metadata.Name == name
            ? value
            : throw ApiErrors.BadRequest($"the name of the object ({value.Metadata.Name}) does not match the name on the URL ({name})");
    }
}
