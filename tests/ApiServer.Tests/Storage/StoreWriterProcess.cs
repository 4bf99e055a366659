using System.Globalization;
using System.Text;
using MiniK8s.ApiServer.Storage;
using MiniK8s.ApiServer.Storage.Sqlite;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.ApiServer.Tests.Storage;

/// <summary>A process of its own that writes to a SQLite store as fast as it can and prints every acknowledgement, until it is killed.</summary>
internal static class StoreWriterProcess
{
    internal const string Verb = "store-writer";

    private const int Writers = 8;

    /// <summary>Starts it, from the executable of these tests.</summary>
    internal static ChildProcess Start(string path)
    {
        var executable = Path.ChangeExtension(typeof(StoreWriterProcess).Assembly.Location, null);
        return ChildProcess.Start(executable, [Verb, path]);
    }

    /// <summary>The acknowledgements that it has printed in whole lines: key and revision.</summary>
    internal static Dictionary<string, long> Acknowledged(ChildProcess process) => process.Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>What the process does. It ends by itself when whoever started it has gone.</summary>
    internal static async Task<int> RunAsync(string path)
    {
        await using var store = await SqliteStore.OpenAsync(path, TimeProvider.System);
        var run = Guid.NewGuid().ToString("N");
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, $"/registry/kill/{run}/{writer}/", stop.Token)));
        var all = Task.WhenAll(writers);
        while (await Console.In.ReadLineAsync(CancellationToken.None) is not null)
        {
            // Nothing is sent; the end of the input is what matters.
        }

        await stop.CancelAsync();
        await all;
        return 0;
    }

    private static async Task WriteAsync(SqliteStore store, string prefix, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = $"{prefix}{i}";
            var put = new StoreTransaction([new(key, 0)], [StoreOperation.Put(key, Encoding.ASCII.GetBytes(key))]);
            var result = await store.CommitAsync(put, CancellationToken.None);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key} {result.Revision}"));
        }
    }
}
