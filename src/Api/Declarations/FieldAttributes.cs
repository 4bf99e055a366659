namespace MiniK8s.Api.Declarations;

/// <summary>
/// The field's number in the kind's protobuf message (k8s.io/api generated.proto). More than one number is a path: the field
/// stands in JSON directly, but in protobuf inside a message of its own (Go embeds it inline).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProtoAttribute(params int[] path) : Attribute
{
    /// <summary>The numbers from the outer message to the field.</summary>
    public IReadOnlyList<int> Path { get; } = path;
}

/// <summary>The field must be there, and is always written, even when empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RequiredAttribute : Attribute;

/// <summary>
/// Zero, false and empty text say something here, and are kept (Go has a pointer). In all other fields that are not
/// <see cref="RequiredAttribute"/> they mean the same as no value, and are left out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZeroCountsAttribute : Attribute;

/// <summary>The values that Kubernetes v1.32 knows for the field. For documentation; the kind's validation decides.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    /// <summary>The known values.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

/// <summary>A list whose items are told apart by these fields (x-kubernetes-list-type: map).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListMapAttribute(params string[] keys) : Attribute
{
    /// <summary>JSON names of the key fields.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}

/// <summary>A list in which each value stands once (x-kubernetes-list-type: set).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ListSetAttribute : Attribute;

/// <summary>A list or map that has one owner and is replaced as a whole (x-kubernetes-list-type or map-type: atomic).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtomicAttribute : Attribute;

/// <summary>A strategic merge patch merges the list instead of replacing it, item by item where a key is named.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchMergeAttribute(string? key = null) : Attribute
{
    /// <summary>JSON name of the key field of an item; null where the items are plain values.</summary>
    public string? Key { get; } = key;
}

/// <summary>A strategic merge patch keeps only the keys that the patch names (strategy <c>retainKeys</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchRetainKeysAttribute : Attribute;
