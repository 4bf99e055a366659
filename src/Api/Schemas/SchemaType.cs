namespace MiniK8s.Api.Schemas;

/// <summary>The forms of value that the Kubernetes API knows.</summary>
public enum SchemaType
{
    /// <summary>Anything; kept as it is.</summary>
    Any,

    /// <summary>Named fields, each with a schema of its own.</summary>
    Object,

    /// <summary>Free keys, all values of one schema.</summary>
    Map,

    /// <summary>A list, all items of one schema.</summary>
    Array,

    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>A number with a fraction (Go's float64).</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits, or text in its place.</summary>
    IntOrString,

    /// <summary>An amount with a suffix, written as text or as a number.</summary>
    Quantity,

    /// <summary>RFC 3339 with whole seconds.</summary>
    Time,

    /// <summary>RFC 3339 with microseconds.</summary>
    MicroTime,

    /// <summary>Bytes, in JSON as base64.</summary>
    Bytes,
}
