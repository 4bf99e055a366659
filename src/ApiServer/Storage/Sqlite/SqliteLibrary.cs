using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace MiniK8s.ApiServer.Storage.Sqlite;

/// <summary>Binds the SQLite library once per process: the system's own where there is one, since it gets security updates, else the bundled one.</summary>
internal static class SqliteLibrary
{
    private const string System = "libsqlite3.so.0";

    private static readonly Lazy<bool> Bound = new(Bind);

    internal static void EnsureBound() => _ = Bound.Value;

    private static bool Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return true;
    }

    // Zero means: search as usual, which finds the bundled library.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" && NativeLibrary.TryLoad(System, out var handle) ? handle : 0;
}
