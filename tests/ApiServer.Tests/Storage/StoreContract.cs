using System.Text;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>
/// What every store must do, one subclass per store. The store may be shared with earlier tests of the class: a test uses only
/// keys below its own <see cref="Prefix"/>, and takes no revision for granted.
/// </summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private IStore? _store;

    /// <summary>Where this test's keys lie.</summary>
    protected string Prefix { get; } = $"/registry/{Guid.NewGuid():N}/";

    /// <summary>The store under test.</summary>
    protected IStore Store => _store ?? throw new InvalidOperationException("the test has not begun");

    /// <summary>Ends with the test, and with any wait of it that lasts too long.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the store that the test works on.</summary>
    protected abstract Task<IStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected string Key(string name) => Prefix + name;

    protected RangeRequest All => new(Prefix, StoreKeys.PrefixEnd(Prefix));

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>Writes without a condition and returns the revision.</summary>
    protected async Task<long> PutAsync(string name, string value) => await CommitAsync([], [StoreOperation.Put(Key(name), Bytes(value))]);

    /// <summary>Deletes without a condition and returns the revision.</summary>
    protected async Task<long> DeleteAsync(string name) => await CommitAsync([], [StoreOperation.Delete(Key(name))]);

    /// <summary>Commits what must succeed and returns the revision.</summary>
    protected async Task<long> CommitAsync(StoreCondition[] conditions, StoreOperation[] operations)
    {
        var result = await Store.CommitAsync(new StoreTransaction(conditions, operations), Token);
        Assert.True(result.Succeeded, "the commit lost a condition that should hold");
        Assert.Empty(result.Current);
        return result.Revision;
    }

    /// <summary>The names and values of a range, for comparing.</summary>
    protected IEnumerable<string> Show(StoreRange range) =>
        range.Values.Select(value => $"{value.Key[Prefix.Length..]}={Text(value.Value)}");

    /// <summary>A change as text: <c>+name=value</c> created, <c>~name=value&lt;previous</c> changed, <c>-name&lt;previous</c> deleted.</summary>
    protected string Show(StoreEvent change)
    {
        var sign = change.Value is null ? '-' : change.Previous is null ? '+' : '~';
        var value = change.Value is { } bytes ? $"={Text(bytes)}" : "";
        var previous = change.Previous is { } before ? $"<{Text(before.Value)}" : "";
        return $"{sign}{change.Key[Prefix.Length..]}{value}{previous}";
    }
}
