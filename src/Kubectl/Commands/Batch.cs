using MiniK8s.Api.Errors;
using MiniK8s.Api.Patching;
using MiniK8s.Kubectl.CommandLine;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Does the same for several objects: one that fails is reported and does not keep the others from being done.</summary>
internal static class Batch
{
    /// <summary>0 when all went well, else 1.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="terminal">Where failures are reported.</param>
    /// <param name="action">What is done.</param>
    /// <param name="doing">What that is called in a report, such as <c>creating "web.yaml"</c>; null where it needs no saying.</param>
    public static async Task<int> RunAsync<T>(IEnumerable<T> items, Terminal terminal, Func<T, Task> action, Func<T, string?> doing)
    {
        var failed = false;
        foreach (var item in items)
        {
            try
            {
                await action(item);
            }
            catch (Exception error) when (error is ApiException or PatchException or CommandException)
            {
                failed = true;
                await terminal.Error.WriteLineAsync(ErrorText.Of(error, doing(item)));
            }
        }

        return failed ? 1 : 0;
    }
}
