using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Validation;

namespace MiniK8s.ApiServer.Registry;

/// <summary>What holds for the metadata of every kind (apimachinery's validation.ValidateObjectMeta). Pure.</summary>
internal static class MetadataRules
{
    private const int MostAnnotationBytes = 256 * 1024;
    private static readonly string[] StandardFinalizers = ["orphan", "foregroundDeletion", "kubernetes"];

    /// <summary>What is wrong with the metadata of an object.</summary>
    public static IEnumerable<FieldError> Validate<T>(ObjectMeta metadata, ResourceKind<T> kind) where T : class, IResource<T> =>
        Names(metadata, kind)
            .Concat(metadata.Generation < 0 ? [FieldError.Invalid("metadata.generation", metadata.Generation, "must be greater than or equal to 0")] : [])
            .Concat(Labels(metadata.Labels))
            .Concat(Annotations(metadata.Annotations))
            .Concat(Owners(metadata.OwnerReferences))
            .Concat(Finalizers(metadata.Finalizers));

    /// <summary>What is wrong with a change of the metadata.</summary>
    public static IEnumerable<FieldError> ValidateUpdate(ObjectMeta metadata, ObjectMeta existing)
    {
        if (existing.DeletionTimestamp is not null && metadata.Finalizers.Except(existing.Finalizers).ToList() is { Count: > 0 } added)
        {
            yield return FieldError.Forbidden(
                "metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(name => $"\"{name}\""))}}}");
        }

        foreach (var error in Same("name", metadata.Name, existing.Name)) yield return error;
        foreach (var error in Same("namespace", metadata.Namespace, existing.Namespace)) yield return error;
        foreach (var error in Same("uid", metadata.Uid, existing.Uid)) yield return error;
        foreach (var error in Same("deletionTimestamp", metadata.DeletionTimestamp, existing.DeletionTimestamp)) yield return error;
        foreach (var error in Same("deletionGracePeriodSeconds", metadata.DeletionGracePeriodSeconds, existing.DeletionGracePeriodSeconds)) yield return error;
    }

    /// <summary>The metadata of an update with what only the server sets taken from the stored object, and what a client may leave out filled in.</summary>
    public static ObjectMeta CarryOver(ObjectMeta metadata, ObjectMeta existing) => metadata with
    {
        Name = Or(metadata.Name, existing.Name),
        Namespace = Or(metadata.Namespace, existing.Namespace),
        Uid = Or(metadata.Uid, existing.Uid),
        CreationTimestamp = existing.CreationTimestamp,
        Generation = existing.Generation,
        SelfLink = null,
        DeletionTimestamp = existing.DeletionTimestamp ?? metadata.DeletionTimestamp,
        DeletionGracePeriodSeconds = existing.DeletionTimestamp is null ? metadata.DeletionGracePeriodSeconds : existing.DeletionGracePeriodSeconds,
        ManagedFields = existing.ManagedFields,
        GenerateName = Or(metadata.GenerateName, existing.GenerateName),
    };

    private static IEnumerable<FieldError> Names<T>(ObjectMeta metadata, ResourceKind<T> kind) where T : class, IResource<T>
    {
        if (!string.IsNullOrEmpty(metadata.GenerateName))
        {
            foreach (var error in Objections("metadata.generateName", metadata.GenerateName, NameObjections(kind, metadata.GenerateName, isPrefix: true))) yield return error;
        }

        if (string.IsNullOrEmpty(metadata.Name)) yield return FieldError.Required("metadata.name", "name or generateName is required");
        else
        {
            foreach (var error in Objections("metadata.name", metadata.Name, NameObjections(kind, metadata.Name, isPrefix: false))) yield return error;
        }

        if (!kind.Info.Namespaced)
        {
            if (!string.IsNullOrEmpty(metadata.Namespace)) yield return FieldError.Forbidden("metadata.namespace", "not allowed on this type");
        }
        else if (string.IsNullOrEmpty(metadata.Namespace)) yield return FieldError.Required("metadata.namespace");
        else
        {
            foreach (var error in Objections("metadata.namespace", metadata.Namespace, NameRules.Dns1123Label(metadata.Namespace))) yield return error;
        }
    }

    private static IEnumerable<string> NameObjections<T>(ResourceKind<T> kind, string name, bool isPrefix) where T : class, IResource<T>
    {
        // A prefix may end with what a name may not end with, such as a dash: something follows it.
        if (name.Contains('/')) return ["may not contain '/'"];
        return kind.ValidateName(name, isPrefix) ?? NameRules.Dns1123Subdomain(isPrefix ? name.TrimEnd('-', '.') + "x" : name);
    }

    private static IEnumerable<FieldError> Labels(IReadOnlyDictionary<string, string> labels) =>
        labels.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair =>
            Objections("metadata.labels", pair.Key, NameRules.LabelKey(pair.Key)).Concat(Objections("metadata.labels", pair.Value, NameRules.LabelValue(pair.Value))));

    private static IEnumerable<FieldError> Annotations(IReadOnlyDictionary<string, string> annotations)
    {
        foreach (var (key, _) in annotations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var error in Objections("metadata.annotations", key, NameRules.QualifiedName(key.ToLowerInvariant()))) yield return error;
        }

        if (NameRules.SizeOfAnnotations(annotations) > MostAnnotationBytes) yield return FieldError.TooLong("metadata.annotations", MostAnnotationBytes);
    }

    private static IEnumerable<FieldError> Owners(IReadOnlyList<OwnerReference> owners)
    {
        for (var index = 0; index < owners.Count; index++)
        {
            var (owner, path) = (owners[index], $"metadata.ownerReferences[{index}]");
            if (owner.ApiVersion.Length == 0) yield return FieldError.Invalid($"{path}.apiVersion", owner.ApiVersion, "version must not be empty");
            if (owner.Kind.Length == 0) yield return FieldError.Invalid($"{path}.kind", owner.Kind, "must not be empty");
            if (owner.Name.Length == 0) yield return FieldError.Invalid($"{path}.name", owner.Name, "must not be empty");
            if (owner.Uid.Length == 0) yield return FieldError.Invalid($"{path}.uid", owner.Uid, "must not be empty");
        }

        var controllers = owners.Where(owner => owner.Controller == true).Select(owner => $"{owner.Kind}/{owner.Name}").ToList();
        if (controllers.Count > 1)
        {
            yield return FieldError.Invalid(
                "metadata.ownerReferences", string.Join(", ", controllers), "Only one reference can have Controller set to true");
        }
    }

    private static IEnumerable<FieldError> Finalizers(IReadOnlyList<string> finalizers)
    {
        if (finalizers.Contains(DeletionPlanner.Orphan) && finalizers.Contains(DeletionPlanner.Foreground))
            yield return FieldError.Invalid("metadata.finalizers", string.Join(", ", finalizers), "finalizer orphan and foregroundDeletion cannot be both set");
        foreach (var name in finalizers)
        {
            foreach (var error in Objections("metadata.finalizers", name, NameRules.QualifiedName(name))) yield return error;
            if (!name.Contains('/') && !StandardFinalizers.Contains(name))
                yield return FieldError.Invalid("metadata.finalizers", name, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static IEnumerable<FieldError> Same<TValue>(string field, TValue value, TValue existing)
    {
        if (!EqualityComparer<TValue>.Default.Equals(value, existing)) yield return FieldError.Invalid($"metadata.{field}", value, "field is immutable");
    }

    private static IEnumerable<FieldError> Objections(string field, string value, IEnumerable<string> objections) =>
        objections.Select(objection => FieldError.Invalid(field, value, objection));

    private static string? Or(string? value, string? other) => string.IsNullOrEmpty(value) ? other : value;
}
