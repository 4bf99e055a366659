using System.Net;

namespace MiniK8s.Kubelet.Docker;

/// <summary>The engine understood a request and refused it. The message is the engine's own.</summary>
public sealed class DockerApiException : Exception
{
    public DockerApiException(HttpStatusCode statusCode, string message)
        : base(message) => StatusCode = statusCode;

    /// <summary>404: no such thing. 409: the name is taken, or the thing's state does not allow it. 500: the engine failed.</summary>
    public HttpStatusCode StatusCode { get; }
}
