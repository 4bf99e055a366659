namespace MiniK8s.ApiServer.Storage.Etcd.Grpc;

/// <summary>gRPC's status codes, as far as this code tells them apart (https://grpc.io/docs/guides/status-codes/).</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    OutOfRange = 11,
    Internal = 13,
    Unavailable = 14,
}

/// <summary>A call that did not succeed.</summary>
internal sealed class GrpcException(GrpcStatus status, string message, Exception? inner = null) : Exception(message, inner)
{
    internal GrpcStatus Status => status;

    /// <summary>Whether the request surely never reached a server, so that even a write may be sent again.</summary>
    internal bool NeverSent { get; init; }
}
