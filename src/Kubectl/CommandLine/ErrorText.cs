using System.Text.Json;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;

namespace MiniK8s.Kubectl.CommandLine;

/// <summary>What a user reads of an error; the forms are kubectl's (cmd/util StandardErrorMessage and checkErr).</summary>
internal static class ErrorText
{
    /// <summary>The text of an error, without a line break at its end.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="doing">What was being done, such as <c>creating "web.yaml"</c>; null where that needs no saying.</param>
    public static string Of(Exception error, string? doing = null)
    {
        var before = doing is null ? "" : $"error when {doing}: ";
        return error switch
        {
            ApiException { IsNotFound: false, Reason: StatusReasons.Invalid, Status.Details: { } details } refusal => Invalid(refusal, details),
            ApiException { Reason: StatusReasons.Unauthorized } refusal => $"error: You must be logged in to the server ({refusal.Message})",
            ApiException { Reason.Length: > 0 } refusal => $"Error from server ({refusal.Reason}): {before}{refusal.Message}",
            ApiException refusal => $"Error from server: {before}{refusal.Message}",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } unreachable =>
                $"Unable to connect to the server: {unreachable.Message}; is it running, and is its address right?",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } distrusted =>
                $"Unable to connect to the server: {(distrusted.InnerException ?? distrusted).Message}",
            HttpRequestException failed => $"Unable to connect to the server: {failed.Message}",
            JsonException garbled => $"error: {before}the server's answer is no JSON ({garbled.Message}); is it a Kubernetes API server?",
            _ => $"error: {before}{error.Message}",
        };
    }

    private static string Invalid(ApiException refusal, StatusDetails details)
    {
        var what = details is { Kind.Length: > 0 } or { Name.Length: > 0 } ? $"The {details.Kind} \"{details.Name}\" is invalid" : "The request is invalid";
        var causes = details.Causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct().ToList();
        return causes switch
        {
            [] => details.Kind is { Length: > 0 } ? what : $"{what}: {refusal.Message}",
            [var only] => $"{what}: {only}",
            _ => $"{what}: \n{string.Join('\n', causes.Select(cause => $"* {cause}"))}",
        };
    }
}
