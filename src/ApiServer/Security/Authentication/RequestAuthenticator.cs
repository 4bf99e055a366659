using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace MiniK8s.ApiServer.Security.Authentication;

/// <summary>Finds out who sends a request: a bearer token where one is given, else the client certificate, else nobody.</summary>
public sealed class RequestAuthenticator(TokenFile tokens, ClientCertificates certificates)
{
    private const string Scheme = "Bearer ";

    // A connection keeps its certificate object, so the chain is built once for a connection and not for each request on it.
    private readonly ConditionalWeakTable<X509Certificate2, Authentication> known = [];

    /// <summary>Decides from the parts of a request.</summary>
    /// <param name="authorization">The Authorization header, or null.</param>
    /// <param name="certificate">The certificate that the client showed, trusted or not, or null.</param>
    public Authentication Authenticate(string? authorization, X509Certificate2? certificate)
    {
        if (!string.IsNullOrEmpty(authorization))
        {
            // A wrong token is refused even beside a good certificate: whoever sends it means to be that user.
            if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return new Authentication.Refused();
            return tokens.Authenticate(authorization[Scheme.Length..].Trim()) is { } user ? new Authentication.Known(user) : new Authentication.Refused();
        }

        return certificate is null ? new Authentication.None() : known.GetValue(certificate, Check);
    }

    private Authentication Check(X509Certificate2 certificate) =>
        certificates.IsTrusted(certificate) && ClientCertificates.UserOf(certificate) is { } user
            ? new Authentication.Known(user)
            : new Authentication.Refused();
}

/// <summary>The outcome of an authentication.</summary>
public abstract record Authentication
{
    private Authentication()
    {
    }

    /// <summary>The user is known.</summary>
    public sealed record Known(UserInfo User) : Authentication;

    /// <summary>A credential was shown and is not good: 401.</summary>
    public sealed record Refused : Authentication;

    /// <summary>No credential was shown.</summary>
    public sealed record None : Authentication;
}
