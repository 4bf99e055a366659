using System.Net;
using Microsoft.AspNetCore.Http;

namespace MiniK8s.Kubectl.Proxying;

/// <summary>
/// Tells the user's own requests from those that a web page in the user's browser makes: by a name that was made to point here (DNS
/// rebinding) or by a form or script of another site. Neither may act with the user's rights.
/// </summary>
internal static class CallerCheck
{
    /// <summary>Why the request is refused, or null.</summary>
    public static string? Refusal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host)) return $"host {request.Host.Host} is not a loopback name";
        foreach (var origin in request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !IsLoopback(page.Host)) return $"origin {origin} is not a page of this machine";
        }

        return null;
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
