using System.Text.Json.Serialization;
using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

/// <summary>Which fields one writer owns, for server-side apply.</summary>
public sealed record ManagedFieldsEntry
{
    /// <summary>API version in which the fields are named.</summary>
    [Proto(3)]
    public string? ApiVersion { get; init; }

    /// <summary>Form of FieldsV1; always <c>FieldsV1</c>.</summary>
    [Proto(6)]
    public string? FieldsType { get; init; }

    /// <summary>The owned fields, as a tree of <c>f:name</c> and <c>k:{key}</c>.</summary>
    [Proto(7)]
    public JsonElement? FieldsV1 { get; init; }

    /// <summary>Name of the writer.</summary>
    [Proto(1)]
    public string? Manager { get; init; }

    /// <summary><c>Apply</c> or <c>Update</c>.</summary>
    [Proto(2)]
    public string? Operation { get; init; }

    /// <summary>Subresource that was written; empty for the object itself.</summary>
    [Proto(8)]
    public string? Subresource { get; init; }

    /// <summary>When the writer last changed its fields.</summary>
    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Time { get; init; }
}
