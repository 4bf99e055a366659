using System.Text;
using System.Text.Json;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;

namespace MiniK8s.Client.Rest;

/// <summary>Makes a <see cref="Status"/> of an answer that is not 2xx, also of one that a proxy or another server gave.</summary>
internal static class Refusal
{
    private const int LongestText = 2048;

    internal static Status Read(int code, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, ReadOnlySpan<byte> body)
    {
        var status = ReadStatus(body) ?? FromText(code, body);
        return status.Details?.RetryAfterSeconds is null && RetryAfter.Seconds(headers) is { } seconds
            ? status with { Details = (status.Details ?? new StatusDetails()) with { RetryAfterSeconds = seconds } }
            : status;
    }

    private static Status? ReadStatus(ReadOnlySpan<byte> body)
    {
        try
        {
            var status = ApiSerializer.Deserialize<Status>(body);
            return status.Kind == "Status" && status.Code is not null ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Status FromText(int code, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestText)]).Trim();
        return new Status
        {
            Outcome = "Failure",
            Code = code,
            Reason = Reason(code),
            Message = text.Length == 0 ? $"the server answered {code} without a text" : text,
        };
    }

    // apimachinery's NewGenericServerResponse.
    private static string Reason(int code) => code switch
    {
        400 => StatusReasons.BadRequest,
        401 => StatusReasons.Unauthorized,
        403 => StatusReasons.Forbidden,
        404 => StatusReasons.NotFound,
        405 => StatusReasons.MethodNotAllowed,
        406 => StatusReasons.NotAcceptable,
        409 => StatusReasons.Conflict,
        410 => StatusReasons.Gone,
        413 => StatusReasons.RequestEntityTooLarge,
        415 => StatusReasons.UnsupportedMediaType,
        422 => StatusReasons.Invalid,
        429 => StatusReasons.TooManyRequests,
        503 => StatusReasons.ServiceUnavailable,
        504 => StatusReasons.Timeout,
        _ => StatusReasons.InternalError,
    };
}
