using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Creates objects of one kind.</summary>
internal sealed class ObjectCreation<T>(RegistryParts<T> parts) where T : class, IResource<T>
{
    private readonly Completion<T> completion = new(parts);

    /// <summary>Creates an object whose namespace and kind have been checked against the request.</summary>
    /// <exception cref="ApiException">It exists already, is invalid, claims what is taken, or its namespace does not take it.</exception>
    public async Task<WriteOutcome> RunAsync(T value, WriteOptions options, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(value.Metadata.ResourceVersion))
            throw ApiErrors.BadRequest("resourceVersion should not be set on objects to be created");
        var generates = string.IsNullOrEmpty(value.Metadata.Name) && !string.IsNullOrEmpty(value.Metadata.GenerateName);
        for (var attempt = 1; ; attempt++)
        {
            var named = generates ? value.WithMetadata(value.Metadata with { Name = NameGenerator.From(value.Metadata.GenerateName!) }) : value;
            try
            {
                return await CreateAsync(named, options, cancellationToken);
            }
            catch (ApiException problem) when (generates && problem.IsAlreadyExists && attempt < NameGenerator.Attempts)
            {
                // The random name is taken; another one will be free.
            }
        }
    }

    private async Task<WriteOutcome> CreateAsync(T value, WriteOptions options, CancellationToken cancellationToken)
    {
        var info = parts.Kind.Info;
        var isFresh = false;
        T? prepared = null;
        while (true)
        {
            IReadOnlyList<StoreCondition> entry = info.Namespaced && !string.IsNullOrEmpty(value.Metadata.Namespace)
                ? [await parts.Surroundings.Namespaces.EnterAsync(value.Metadata.Namespace, info, value.Metadata.Name ?? "", isFresh, cancellationToken)]
                : [];
            prepared ??= Prepare(value, options);
            var change = new ObjectChange<T>(ObjectKey.Of(prepared), null, prepared) { Also = entry };
            if (options.DryRun) return await PretendAsync(change, options, cancellationToken);
            var encoded = StoredObject<T>.Encode(prepared);
            switch (await parts.Objects.CommitAsync(change, encoded, cancellationToken))
            {
                case CommitOutcome<T>.Done done:
                    var json = VersionedJson.Of(encoded, done.Revision).Bytes;
                    return new WriteOutcome(201, await completion.WaitAsync(prepared, json, done.Revision, options.Warnings, cancellationToken), options.Warnings);
                case CommitOutcome<T>.Lost:
                    throw ApiErrors.AlreadyExists(info, prepared.Metadata.Name!);
                case CommitOutcome<T>.Taken taken:
                    throw ApiErrors.Invalid(info, prepared.Metadata.Name!, [taken.Claim.WhenTaken]);
                default:
                    isFresh = true;
                    break;
            }
        }
    }

    private T Prepare(T value, WriteOptions options)
    {
        var kind = parts.Kind;
        var created = kind.Default(kind.PrepareForCreate(kind.Default(value.WithMetadata(NewMetadata(value.Metadata)))));
        List<FieldError> errors = [.. MetadataRules.Validate(created.Metadata, kind), .. kind.Validate(created)];
        if (errors.Count > 0) throw ApiErrors.Invalid(kind.Info, created.Metadata.Name ?? "", errors);
        options.Warnings.AddRange(kind.Warnings(created));
        return created;
    }

    private ObjectMeta NewMetadata(ObjectMeta metadata) => metadata with
    {
        Uid = Guid.NewGuid().ToString(),
        CreationTimestamp = parts.Now,
        DeletionTimestamp = null,
        DeletionGracePeriodSeconds = null,
        Generation = parts.Kind.HasGeneration ? 1 : null,
        SelfLink = null,
        ManagedFields = [],
    };

    private async Task<WriteOutcome> PretendAsync(ObjectChange<T> change, WriteOptions options, CancellationToken cancellationToken)
    {
        var value = change.Updated!;
        if (await parts.Objects.ReadAsync(change.Key, cancellationToken) is not null) throw ApiErrors.AlreadyExists(parts.Kind.Info, change.Key.Name);
        if (await parts.Objects.FindTakenAsync(change, cancellationToken) is { } claim) throw ApiErrors.Invalid(parts.Kind.Info, change.Key.Name, [claim.WhenTaken]);
        if (!parts.Kind.IsComplete(value)) value = parts.Kind.Preview(value, await parts.Surroundings.Claims.ReadAsync(cancellationToken));
        return new WriteOutcome(201, StoredObject<T>.Encode(value), options.Warnings);
    }
}
