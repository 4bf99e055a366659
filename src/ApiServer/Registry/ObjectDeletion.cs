using System.Globalization;
using System.Text.Json;
using MiniK8s.Api;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.ApiServer.Cache;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Deletes objects of one kind, at once or by marking them for those who must let them go first.</summary>
internal sealed class ObjectDeletion<T>(RegistryParts<T> parts) where T : class, IResource<T>
{
    private readonly ILogger logger = parts.Surroundings.Loggers.CreateLogger<ObjectDeletion<T>>();

    /// <summary>Deletes the object at the key.</summary>
    /// <exception cref="ApiException">There is none; a precondition does not hold; it may not be deleted.</exception>
    public async Task<WriteOutcome> RunAsync(ObjectKey key, DeleteOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        RequireKnownPolicy(options);
        try
        {
            var existing = await parts.Objects.ReadAsync(key, cancellationToken);
            while (existing is not null)
            {
                var (outcome, current) = await TryAsync(key, existing, options, dryRun, cancellationToken);
                if (outcome is not null) return outcome;
                existing = current;
            }

            throw ApiErrors.NotFound(parts.Kind.Info, key.Name);
        }
        catch (JsonException problem)
        {
            // Nobody can read it, so nobody can wait for it either: this is how such a value is got rid of.
            logger.LogWarning(problem, "{Kind} {Key} does not decode; it is removed on request", parts.Kind.Info.Kind, key.ToString());
            if (!dryRun) await parts.Objects.RemoveBrokenAsync(key, cancellationToken);
            return Success(key.Name, null);
        }
    }

    private async Task<(WriteOutcome? Outcome, StoredObject<T>? Current)> TryAsync(
        ObjectKey key, StoredObject<T> existing, DeleteOptions options, bool dryRun, CancellationToken cancellationToken)
    {
        RequirePreconditions(existing, options.Preconditions);
        if (parts.Kind.RefusesDeletion(existing.Value) is { } why) throw ApiErrors.Forbidden(parts.Kind.Info, key.Name, why);
        switch (DeletionPlanner.Plan(parts.Kind, existing.Value, options, parts.Surroundings.CollectsGarbage, parts.Now))
        {
            case Deletion<T>.Pending:
                return (new WriteOutcome(200, existing.Json, []), existing);
            case Deletion<T>.Mark mark:
                return await WriteAsync(new ObjectChange<T>(key, existing, mark.Value), StoredObject<T>.Encode(mark.Value), dryRun, cancellationToken);
            default:
                return await WriteAsync(new ObjectChange<T>(key, existing, null), default, dryRun, cancellationToken);
        }
    }

    private async Task<(WriteOutcome? Outcome, StoredObject<T>? Current)> WriteAsync(
        ObjectChange<T> change, ReadOnlyMemory<byte> encoded, bool dryRun, CancellationToken cancellationToken)
    {
        var existing = change.Existing!;
        var revision = existing.Revision;
        if (!dryRun)
        {
            var outcome = await parts.Objects.CommitAsync(change, encoded, cancellationToken);
            if (outcome is CommitOutcome<T>.Lost lost) return (null, lost.Current);
            if (outcome is not CommitOutcome<T>.Done done) return (null, await parts.Objects.ReadAsync(change.Key, cancellationToken));
            revision = done.Revision;
        }

        if (change.Updated is not null) return (new WriteOutcome(200, VersionedJson.Of(encoded.Span, revision).Bytes, []), existing);
        return (parts.Kind.ReturnsDeletedObject
            ? new WriteOutcome(200, VersionedJson.Of(existing.Json.Span, revision).Bytes, [])
            : Success(change.Key.Name, existing.Value.Metadata.Uid), existing);
    }

    private void RequirePreconditions(StoredObject<T> existing, Preconditions? preconditions)
    {
        var metadata = existing.Value.Metadata;
        if (preconditions?.Uid is { } uid && uid != metadata.Uid)
            throw ApiErrors.Conflict(parts.Kind.Info, metadata.Name!, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {metadata.Uid}");
        if (preconditions?.ResourceVersion is { } version && version != existing.Revision.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiErrors.Conflict(
                parts.Kind.Info, metadata.Name!, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {existing.Revision}");
        }
    }

    private static void RequireKnownPolicy(DeleteOptions options)
    {
        if (options.PropagationPolicy is not (null or "Orphan" or "Background" or "Foreground"))
            throw Refusals.InvalidOptions("DeleteOptions", [Refusals.UnknownPolicy(options.PropagationPolicy)]);
        if (options.PropagationPolicy is not null && options.OrphanDependents is not null)
            throw Refusals.InvalidOptions("DeleteOptions", [Refusals.TwoPolicies(options.PropagationPolicy)]);
    }

    private WriteOutcome Success(string name, string? uid)
    {
        var info = parts.Kind.Info;
        var status = new Status
        {
            Outcome = "Success",
            Details = new StatusDetails { Name = name, Group = info.Group.Length == 0 ? null : info.Group, Kind = info.Plural, Uid = uid },
        };
        return new WriteOutcome(200, ApiSerializer.Serialize(status), []) { IsObject = false };
    }
}
