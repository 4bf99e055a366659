using System.CommandLine;
using System.CommandLine.Invocation;
using MiniK8s.ApiServer.Hosting;
using MiniK8s.ControllerManager;
using MiniK8s.Kubectl;
using MiniK8s.Kubelet;
using MiniK8s.Proxy;

namespace MiniK8s.Commands;

/// <summary>All commands of the one program: the cluster in one process, and each part by its name.</summary>
internal static class RootCommands
{
    // An orderly end closes watches and connections; whoever is still at it after this long is cut off.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // The parts have command lines of their own, with options that need not agree with those of others.
        if (arguments is [var name, .. var rest] && Part(name) is { } run) return await run(rest);
        return await InvokeAsync(Create(), arguments);
    }

    private static RootCommand Create() =>
        new("A small, complete Kubernetes control plane. The parts apiserver, controller-manager, kubelet, proxy and kubectl are commands as well.")
        {
            UpCommand.Create(),
            DownCommand.Create(),
            StatusCommand.Create(),
            TokenCommand.Create(),
            KubeconfigCommand.Create(),
        };

    private static Func<string[], Task<int>>? Part(string name) => name switch
    {
        "apiserver" => arguments => InvokeAsync(ApiServerCommand.Create(), arguments),
        "controller-manager" => arguments => InvokeAsync(ControllerManagerCommand.Create(), arguments),
        "kubelet" => arguments => InvokeAsync(KubeletCommand.Create(), arguments),
        "proxy" => arguments => InvokeAsync(ProxyCommand.Create(), arguments),
        "kubectl" => arguments => KubectlCommand.RunAsync(arguments),
        _ => null,
    };

    private static async Task<int> InvokeAsync(RootCommand command, string[] arguments)
    {
        var result = command.Parse(arguments);
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            await Console.Error.WriteLineAsync($"error: {string.Join("; ", result.Errors.Select(error => error.Message))} (--help shows what there is)");
            return 2;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimit });
        }
        catch (Exception error) when (Failure.Describe(error) is { } message)
        {
            await Console.Error.WriteLineAsync($"error: {message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
