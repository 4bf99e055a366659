namespace MiniK8s.ApiServer.Security.Authentication;

/// <summary>Who sends a request.</summary>
/// <param name="Name">The user name.</param>
/// <param name="Groups">The groups, <see cref="AllAuthenticated"/> or <see cref="AllUnauthenticated"/> among them.</param>
public sealed record UserInfo(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>The group of all who showed a credential.</summary>
    public const string AllAuthenticated = "system:authenticated";

    /// <summary>The group of all who showed none.</summary>
    public const string AllUnauthenticated = "system:unauthenticated";

    /// <summary>Nobody in particular.</summary>
    public static UserInfo Anonymous { get; } = new("system:anonymous", [AllUnauthenticated]);

    /// <summary>Whoever reaches the insecure port, which listens on loopback only and only when the user asked for it.</summary>
    public static UserInfo InsecureLoopback { get; } = new("system:admin", ["system:masters", AllAuthenticated]);

    /// <summary>A user with a credential.</summary>
    public static UserInfo Authenticated(string name, IEnumerable<string> groups) => new(name, [.. groups, AllAuthenticated]);
}
