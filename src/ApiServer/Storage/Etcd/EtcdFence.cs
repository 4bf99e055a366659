namespace MiniK8s.ApiServer.Storage.Etcd;

/// <summary>
/// How a watch on an old member learns how far it is. Each watch also watches one key just behind its prefix. A write of that key
/// comes on the same watch, in its place among the changes, so whatever was written before has been delivered when it arrives.
/// The key holds a NUL, as no key of the API does; it belongs to no prefix that ends where other keys begin, and reads of wider
/// ranges leave it out.
/// </summary>
internal static class EtcdFence
{
    private const string Tail = "\0minik8s-fence";

    internal static string KeyFor(string prefix) => StoreKeys.PrefixEnd(prefix) + Tail;

    /// <summary>The end of a watch's range, so that the fence is its last key.</summary>
    internal static string RangeEnd(string prefix) => KeyFor(prefix) + "\0";

    internal static bool Is(string key) => key.EndsWith(Tail, StringComparison.Ordinal);
}
