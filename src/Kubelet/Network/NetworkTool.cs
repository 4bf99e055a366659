using System.ComponentModel;
using System.Diagnostics;

namespace MiniK8s.Kubelet.Network;

/// <summary>Runs a program of the package iproute2: nodes and pods come and go too rarely for netlink of our own.</summary>
internal static class NetworkTool
{
    /// <summary>Runs it and returns what it prints.</summary>
    /// <param name="program">Such as <c>ip</c> or <c>bridge</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It failed, or is not there; the message says which and why.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0) return await output;
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"the program {program} (package iproute2) cannot be run: {error.Message}", error);
        }
    }
}
