using System.Runtime.InteropServices;
using System.Text;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>What <c>/version</c> says: which Kubernetes clients may take this server for.</summary>
internal static class VersionDocument
{
    /// <summary>The version of Kubernetes whose behaviour is followed, marked as this project's.</summary>
    public const string GitVersion = "v1.32.0+minik8s";

    /// <summary>version.Info as JSON.</summary>
    public static ReadOnlyMemory<byte> Json { get; } = Encoding.UTF8.GetBytes(
        $$"""
        {"major":"1","minor":"32","gitVersion":"{{GitVersion}}","gitCommit":"","gitTreeState":"","buildDate":"1970-01-01T00:00:00Z","goVersion":"","compiler":"dotnet","platform":"linux/{{Architecture}}"}
        """);

    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}
