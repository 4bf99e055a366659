namespace MiniK8s.ApiServer.Storage.Memory;

/// <summary>The versions from the compacted revision to the newest one. The caller holds the store's lock.</summary>
internal sealed class MemoryHistory(MemoryVersion first)
{
    private readonly List<MemoryVersion> _versions = [first];

    private MemoryVersion Newest => _versions[^1];

    internal void Add(MemoryVersion version) => _versions.Add(version);

    /// <summary>The version of a revision; every revision between the first and the newest has one.</summary>
    internal MemoryVersion At(long revision)
    {
        if (revision > Newest.Revision)
        {
            throw new FutureRevisionException(revision, Newest.Revision);
        }

        var oldest = _versions[0].Revision;
        return revision >= oldest ? _versions[(int)(revision - oldest)] : throw new CompactedException(oldest);
    }

    /// <summary>The version after which a watch begins: the newest where the revision lies in the future.</summary>
    internal MemoryVersion Before(long afterRevision) => At(Math.Min(afterRevision, Newest.Revision));

    /// <summary>Forgets the versions before a revision.</summary>
    internal void Compact(long revision)
    {
        if (revision > Newest.Revision)
        {
            throw new FutureRevisionException(revision, Newest.Revision);
        }

        var oldest = _versions[0].Revision;
        if (revision > oldest)
        {
            _versions.RemoveRange(0, (int)(revision - oldest));
        }
    }
}
