using MiniK8s.Api.Errors;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Does the same for several objects: one that fails is reported and does not keep the others from being done.</summary>
internal static class Batch
{
    /// <summary>0 when all went well, else 1.</summary>
    public static async Task<int> RunAsync<T>(IEnumerable<T> items, Terminal terminal, Func<T, Task> action)
    {
        var failed = false;
        foreach (var item in items)
        {
            try
            {
                await action(item);
            }
            catch (ApiException error)
            {
                failed = true;
                await terminal.Error.WriteLineAsync($"Error from server ({error.Reason}): {error.Message}");
            }
            catch (CommandException error)
            {
                failed = true;
                await terminal.Error.WriteLineAsync($"error: {error.Message}");
            }
        }

        return failed ? 1 : 0;
    }
}
