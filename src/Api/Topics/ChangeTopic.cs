using System.Globalization;
using MiniK8s.Api.Declarations;

namespace MiniK8s.Api.Topics;

/// <summary>
/// The names in the Kafka topic that carries every change of the cluster: what its publisher writes and its consumers read. The
/// contract in words is docs/kafka-topic.md.
/// </summary>
public static class ChangeTopic
{
    /// <summary>The topic's name unless the user gives another.</summary>
    public const string DefaultName = "minik8s.events";

    /// <summary>The partition that carries all messages, because their order is total.</summary>
    public const int Partition = 0;

    /// <summary>Header: one of <see cref="ChangeTypes"/>.</summary>
    public const string Type = "type";

    /// <summary>Header: the revision of the change, decimal; it is the object's resourceVersion.</summary>
    public const string Revision = "revision";

    /// <summary>Header: the revision of the change of this key before, 0 where the key was not there; left out where it is not known any more.</summary>
    public const string PreviousRevision = "previous-revision";

    /// <summary>Header: the message's <see cref="ChangePosition"/>.</summary>
    public const string Position = "position";

    /// <summary>Header: the position of the change that was published before this one, of whatever key; left out where nothing is claimed.</summary>
    public const string After = "after";

    /// <summary>Header: the publisher's term of office; grows with each new publisher.</summary>
    public const string Epoch = "epoch";

    /// <summary>Header: what the value is, <see cref="ObjectContent"/> or <see cref="ReferenceContent"/>.</summary>
    public const string ContentType = "content-type";

    /// <summary>The value is the whole object.</summary>
    public const string ObjectContent = "application/json";

    /// <summary>The value names the object only; its content is to be read from the API.</summary>
    public const string ReferenceContent = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <summary>What all keys of a kind begin with, such as <c>/registry/core/services/</c>; then follow namespace and name, or the name.</summary>
    public static string KeyPrefix(KindInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return $"/registry/{(info.Group.Length == 0 ? "core" : info.Group)}/{info.Plural}/";
    }

    /// <summary>The object that a message's key names; null where the key is none of this kind.</summary>
    public static ObjectKey? ParseKey(KindInfo info, string key)
    {
        ArgumentNullException.ThrowIfNull(info);
        var prefix = KeyPrefix(info);
        if (!key.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = key[prefix.Length..].Split('/');
        return parts.Length == (info.Namespaced ? 2 : 1) && Array.TrueForAll(parts, part => part.Length > 0)
            ? new ObjectKey(info.Namespaced ? parts[0] : "", parts[^1])
            : null;
    }
}

/// <summary>Values of the header <see cref="ChangeTopic.Type"/>.</summary>
public static class ChangeTypes
{
    /// <summary>The object was created or changed.</summary>
    public const string Put = "put";

    /// <summary>The object was deleted; the value is null.</summary>
    public const string Delete = "delete";

    /// <summary>Changes were lost to the topic: whoever follows it must list anew.</summary>
    public const string Resync = "resync";

    /// <summary>Nothing changed; the publisher lives, and everything up to <see cref="ChangeTopic.After"/> is in the topic.</summary>
    public const string Progress = "progress";
}

/// <summary>The place of a change in the order of all changes: its revision, and its number among the changes of that revision.</summary>
public readonly record struct ChangePosition(long Revision, int Index) : IComparable<ChangePosition>
{
    /// <summary>Before everything.</summary>
    public static ChangePosition Start => default;

    /// <inheritdoc/>
    public int CompareTo(ChangePosition other) => (Revision, Index).CompareTo((other.Revision, other.Index));

    public static bool operator <(ChangePosition left, ChangePosition right) => left.CompareTo(right) < 0;

    public static bool operator >(ChangePosition left, ChangePosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(ChangePosition left, ChangePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ChangePosition left, ChangePosition right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>REVISION.INDEX</c>; null for anything else.</summary>
    public static ChangePosition? Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new ChangePosition(revision, index)
                : null;
    }

    /// <summary><c>REVISION.INDEX</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Revision}.{Index}");
}
