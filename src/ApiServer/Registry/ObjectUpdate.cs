using System.Globalization;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// Changes objects of one kind (the guaranteed update of Kubernetes): computes the change from the stored object, writes it on
/// condition that nothing came between, and begins again when something did. A change that changes nothing writes nothing.
/// </summary>
internal sealed class ObjectUpdate<T>(RegistryParts<T> parts, ObjectCreation<T> creation) where T : class, IResource<T>
{
    private readonly Completion<T> completion = new(parts);

    /// <summary>Updates the object at the key.</summary>
    /// <exception cref="ApiException">There is none; it changed since the version given; the change is invalid or claims what is taken.</exception>
    public async Task<WriteOutcome> RunAsync(ObjectKey key, UpdateRequest<T> request, WriteOptions options, CancellationToken cancellationToken)
    {
        // The cache's idea of the object saves a read; whatever fails on it is tried again on the real one.
        var guess = parts.Objects.Guess(key);
        var existing = guess ?? await parts.Objects.ReadAsync(key, cancellationToken);
        var isGuess = guess is not null;
        while (true)
        {
            if (existing is null)
            {
                if (request.WhenAbsent is null) throw ApiErrors.NotFound(parts.Kind.Info, key.Name);
                return await creation.RunAsync(request.WhenAbsent(), options, cancellationToken);
            }

            var tried = existing;
            try
            {
                var (outcome, current) = await TryAsync(key, existing, request, options, cancellationToken);

                // "Nothing to change" is believed only of the real object.
                var isUnproven = isGuess && outcome?.Json.Equals(tried.Json) == true;
                if (outcome is not null && !isUnproven) return outcome;
                existing = outcome is null ? current : await parts.Objects.ReadAsync(key, cancellationToken);
                isGuess = false;
            }
            catch (ApiException) when (isGuess)
            {
                isGuess = false;
                var fresh = await parts.Objects.ReadAsync(key, cancellationToken);
                if (fresh?.Revision == tried.Revision) throw;
                existing = fresh;
            }
        }
    }

    /// <summary>One attempt: its outcome, or, where another write came before, the object as it is now.</summary>
    private async Task<(WriteOutcome? Outcome, StoredObject<T>? Current)> TryAsync(
        ObjectKey key, StoredObject<T> existing, UpdateRequest<T> request, WriteOptions options, CancellationToken cancellationToken)
    {
        options.Warnings.Clear();
        var updated = Prepare(existing, request, options);
        var encoded = StoredObject<T>.Encode(updated);
        var isReleased = DeletionPlanner.IsReleased(parts.Kind, updated);
        var unchanged = VersionedJson.Of(encoded, existing.Revision).Bytes;
        if (!isReleased && unchanged.Span.SequenceEqual(existing.Json.Span)) return (new WriteOutcome(200, existing.Json, options.Warnings), existing);

        var change = new ObjectChange<T>(key, existing, isReleased ? null : updated);
        if (options.DryRun) return (await PretendAsync(change, updated, unchanged, options, cancellationToken), existing);
        switch (await parts.Objects.CommitAsync(change, encoded, cancellationToken))
        {
            case CommitOutcome<T>.Done done:
                var json = VersionedJson.Of(encoded, done.Revision).Bytes;

                // Waited for is only what this write has made incomplete: a label on a Service that still lacks its address waits for nobody.
                if (!isReleased && parts.Kind.IsComplete(existing.Value)) json = await completion.WaitAsync(updated, json, done.Revision, options.Warnings, cancellationToken);
                return (new WriteOutcome(200, json, options.Warnings), existing);
            case CommitOutcome<T>.Taken taken:
                throw ApiErrors.Invalid(parts.Kind.Info, key.Name, [taken.Claim.WhenTaken]);
            case CommitOutcome<T>.Lost lost:
                return (null, lost.Current);
            default:
                return (null, await parts.Objects.ReadAsync(key, cancellationToken));
        }
    }

    private T Prepare(StoredObject<T> existing, UpdateRequest<T> request, WriteOptions options)
    {
        var kind = parts.Kind;
        var asked = request.Change(existing);
        RequireVersion(asked.Metadata, existing);
        asked = asked.WithMetadata(MetadataRules.CarryOver(asked.Metadata, existing.Value.Metadata));
        var updated = request.Rules.Prepare(asked, existing.Value);
        if (request.Rules.IsWhole && kind.HasGeneration && !HasSameSpec(updated, existing.Value))
            updated = updated.WithMetadata(updated.Metadata with { Generation = (existing.Value.Metadata.Generation ?? 0) + 1 });

        List<FieldError> errors =
        [
            .. MetadataRules.ValidateUpdate(updated.Metadata, existing.Value.Metadata),
            .. MetadataRules.Validate(updated.Metadata, kind),
            .. request.Rules.Validate(updated, existing.Value),
        ];
        if (errors.Count > 0) throw ApiErrors.Invalid(kind.Info, existing.Value.Metadata.Name!, errors);
        if (request.Rules.IsWhole) options.Warnings.AddRange(kind.Warnings(updated));
        return updated;
    }

    private void RequireVersion(ObjectMeta asked, StoredObject<T> existing)
    {
        var (info, name) = (parts.Kind.Info, existing.Value.Metadata.Name!);
        if (!string.IsNullOrEmpty(asked.Uid) && asked.Uid != existing.Value.Metadata.Uid)
        {
            throw ApiErrors.Conflict(
                info, name, $"Precondition failed: UID in precondition: {asked.Uid}, UID in object meta: {existing.Value.Metadata.Uid}");
        }

        if (asked.ResourceVersion is null or "" or "0")
        {
            if (parts.Kind.AllowsUnconditionalUpdate) return;
            throw ApiErrors.Invalid(info, name, [FieldError.Invalid("metadata.resourceVersion", 0, "must be specified for an update")]);
        }

        if (asked.ResourceVersion != existing.Revision.ToString(CultureInfo.InvariantCulture))
            throw ApiErrors.Conflict(info, name);
    }

    /// <summary>Whether nothing but the metadata differs; the status was carried over by the kind.</summary>
    private static bool HasSameSpec(T updated, T existing) => ApiSerializer.AreEqual(updated.WithMetadata(existing.Metadata), existing);

    private async Task<WriteOutcome> PretendAsync(
        ObjectChange<T> change, T updated, ReadOnlyMemory<byte> json, WriteOptions options, CancellationToken cancellationToken)
    {
        if (change.Updated is null) return new WriteOutcome(200, json, options.Warnings);
        if (await parts.Objects.FindTakenAsync(change, cancellationToken) is { } claim)
            throw ApiErrors.Invalid(parts.Kind.Info, change.Key.Name, [claim.WhenTaken]);
        if (parts.Kind.IsComplete(updated)) return new WriteOutcome(200, json, options.Warnings);
        var preview = parts.Kind.Preview(updated, await parts.Surroundings.Claims.ReadAsync(cancellationToken));
        return new WriteOutcome(200, VersionedJson.Of(StoredObject<T>.Encode(preview), change.Existing!.Revision).Bytes, options.Warnings);
    }
}
