using System.Globalization;
using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Client.Rest;

namespace MiniK8s.Runtime.Tests.Doubles;

/// <summary>One lease in memory with the API's rules for versions, a switch for failure, and a history of who held it.</summary>
internal sealed class LeaseServer : IApiClient
{
    private readonly Lock _gate = new();
    private Lease? _lease;
    private int _version;

    /// <summary>Every request fails while this is set.</summary>
    internal volatile bool Down;

    /// <summary>Calls that hang until cancelled while this is set.</summary>
    internal volatile bool Hangs;

    internal int Writes
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    internal LeaseSpec? Spec
    {
        get
        {
            lock (_gate)
            {
                return _lease?.Spec;
            }
        }
    }

    /// <summary>A write by somebody else.</summary>
    internal void Overwrite(string holder)
    {
        lock (_gate)
        {
            Store(new Lease { Metadata = new ObjectMeta { Namespace = "kube-system", Name = "l" }, Spec = new LeaseSpec { HolderIdentity = holder } });
        }
    }

    public async Task<T> GetAsync<T>(string? @namespace, string name, CancellationToken cancellationToken = default) where T : class, IResource<T>
    {
        await GateAsync(cancellationToken);
        lock (_gate)
        {
            return (T)(object)(_lease ?? throw Refused(404, StatusReasons.NotFound));
        }
    }

    public async Task<T> CreateAsync<T>(T value, CancellationToken cancellationToken = default) where T : class, IResource<T>
    {
        await GateAsync(cancellationToken);
        lock (_gate)
        {
            return _lease is null ? (T)(object)Store((Lease)(object)value) : throw Refused(409, StatusReasons.AlreadyExists);
        }
    }

    public async Task<T> UpdateAsync<T>(T value, string? subresource = null, CancellationToken cancellationToken = default) where T : class, IResource<T>
    {
        await GateAsync(cancellationToken);
        lock (_gate)
        {
            var current = _lease ?? throw Refused(404, StatusReasons.NotFound);
            return value.Metadata.ResourceVersion == current.Metadata.ResourceVersion
                ? (T)(object)Store((Lease)(object)value)
                : throw Refused(409, StatusReasons.Conflict);
        }
    }

    public Task<KubeList<T>> ListAsync<T>(string? @namespace, ListQuery? query = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T> => throw new NotSupportedException();

    public Task<T> PatchAsync<T>(string? @namespace, string name, Patch patch, string? subresource = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T> => throw new NotSupportedException();

    public Task DeleteAsync<T>(string? @namespace, string name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
        where T : class, IResource<T> => throw new NotSupportedException();

    public Task CreateSubresourceAsync<T, TBody>(string? @namespace, string name, string subresource, TBody body, CancellationToken cancellationToken = default)
        where T : class, IResource<T> => throw new NotSupportedException();

    public IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(string? @namespace, ListQuery query, CancellationToken cancellationToken = default)
        where T : class, IResource<T> => throw new NotSupportedException();

    private async Task GateAsync(CancellationToken cancellationToken)
    {
        if (Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        if (Down)
        {
            throw new HttpRequestException("connection refused");
        }
    }

    private Lease Store(Lease lease)
    {
        _version++;
        return _lease = lease with { Metadata = lease.Metadata with { ResourceVersion = _version.ToString(CultureInfo.InvariantCulture) } };
    }

    private static ApiException Refused(int code, string reason) => new(new Status { Code = code, Reason = reason, Message = reason });
}
