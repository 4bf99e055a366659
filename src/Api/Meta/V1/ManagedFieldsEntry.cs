using System.Text.Json.Serialization;
using System.Text.Json;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Values;

namespace MiniK8s.Api.Meta.V1;

public sealed record ManagedFieldsEntry
{
    [Proto(3)]
    public string? ApiVersion { get; init; }

    [Proto(6)]
    public string? FieldsType { get; init; }

    [Proto(7)]
    public JsonElement? FieldsV1 { get; init; }

    [Proto(1)]
    public string? Manager { get; init; }

    [Proto(2)]
    public string? Operation { get; init; }

    [Proto(8)]
    public string? Subresource { get; init; }

    [Proto(4), JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Time { get; init; }
}
