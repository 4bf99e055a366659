using System.Net.Sockets;
using MiniK8s.Api.Errors;
using MiniK8s.ApiServer.Storage;
using MiniK8s.Client.Config;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Proxy;

namespace MiniK8s.Commands;

/// <summary>Failures that are the user's to mend: they are told in one line, without a stack.</summary>
internal static class Failure
{
    /// <summary>The line; null for an error of the program itself, which must show where it happened.</summary>
    public static string? Describe(Exception error) => error switch
    {
        ClusterException or KubeConfigException or ProxyStartException or StoreUnavailableException or ApiException => error.Message,
        DockerUnavailableException => $"{error.Message}. Start Docker, name another engine with --docker-host, or go without pods with --no-kubelet.",
        IOException { InnerException: SocketException } or UnauthorizedAccessException or ArgumentException or InvalidOperationException or HttpRequestException or IOException => error.Message,
        _ => null,
    };
}

/// <summary>Something about the cluster on this host is not as a command needs it; the message is for the user.</summary>
internal sealed class ClusterException(string message) : Exception(message);
