using System.ComponentModel;
using MiniK8s.Proxy.Model;

namespace MiniK8s.Proxy.Nftables;

/// <summary>The kernel's side of nf_tables, as far as one table of one family is concerned. Not for two threads at once.</summary>
internal interface INftKernel
{
    /// <summary>Carries a transaction out, whole or not at all, and gives its size in bytes.</summary>
    /// <exception cref="NftException">The kernel refused it.</exception>
    int Commit(NftTransaction transaction);

    /// <summary>Lets the kernel check a transaction without carrying it out.</summary>
    /// <exception cref="NftException">The kernel would refuse it.</exception>
    void Check(NftTransaction transaction);

    /// <summary>The number of transactions that the kernel has carried out, whoever asked: it tells whether anything changed.</summary>
    uint Generation();

    /// <summary>Whether the table is there.</summary>
    bool HasTable(IpFamily family);

    /// <summary>Reads chains, rules and elements of the table, if it is there.</summary>
    void Read(IpFamily family, INftVisitor visitor);

    /// <summary>Tells of every change of the table that somebody else makes from now on, until it is disposed of.</summary>
    /// <param name="family">The table's family.</param>
    /// <param name="disturbed">Told who it was; nobody (empty) when changes may have gone unnoticed. From any thread.</param>
    /// <exception cref="NftException">The kernel does not tell.</exception>
    IDisposable Watch(IpFamily family, Action<string> disturbed);

    /// <summary>Reads the elements of one set, if it is there.</summary>
    void ReadElements(IpFamily family, string set, INftVisitor visitor);
}

/// <summary>What is told of a table's content.</summary>
internal interface INftVisitor
{
    /// <summary>There is a chain.</summary>
    void Chain(string name);

    /// <summary>A chain has a further rule of so many expressions.</summary>
    void Rule(string chain, int expressions);

    /// <summary>A set has an element.</summary>
    void Element(string set, NftElement element);
}

/// <summary>An element of a set or map, as long as it is told of.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Data">Its value; empty where it has none or a verdict.</param>
/// <param name="Chain">The chain that its verdict leads to; empty without one.</param>
internal readonly ref struct NftElement(ReadOnlySpan<byte> Key, ReadOnlySpan<byte> Data, ReadOnlySpan<byte> Chain)
{
    public ReadOnlySpan<byte> Key { get; } = Key;

    public ReadOnlySpan<byte> Data { get; } = Data;

    public ReadOnlySpan<byte> Chain { get; } = Chain;

    /// <summary>How long it lives from its last use, in milliseconds; 0 for ever.</summary>
    public ulong Timeout { get; init; }

    /// <summary>How much of that is left.</summary>
    public ulong Expiration { get; init; }
}

/// <summary>The kernel refused what was asked of nf_tables.</summary>
internal sealed class NftException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>What the kernel says of an element for which a set has no room (ENFILE).</summary>
    private const int TooMany = 23;

    /// <summary>Whether a set has no room for what was to be put into it: it has to be made anew, and larger.</summary>
    public bool IsForRoom => InnerException is Win32Exception { NativeErrorCode: TooMany };
}
