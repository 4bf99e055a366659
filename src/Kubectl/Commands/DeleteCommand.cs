using System.CommandLine;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>delete</c>: removes objects, and waits until they are gone.</summary>
internal static class DeleteCommand
{
    private const string ForceWarning = "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated.";

    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = Words.Any("TYPE[/NAME]", "TYPE NAME…, TYPE/NAME…, or TYPE with -l or --all.");
        var options = new DeleteOptions();
        var (files, selectors) = (new ManifestOptions(), new SelectorOptions());
        var command = new CommandWithExamples(
            "delete", "Delete objects, and wait until they are gone.",
            "kubectl delete service web", "kubectl delete -f service.yaml", "kubectl delete pods -l app=web --wait=false", "kubectl delete pod/web-1 --grace-period=0 --force")
        {
            words,
        };
        files.AddTo(command);
        selectors.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var request = options.Read(result);
            using var session = globals.Open(result);
            if (request.GraceSeconds == 0) await session.Terminal.Error.WriteLineAsync(ForceWarning);
            var search = new DoomedSearch(session);
            var given = result.GetValue(words) ?? [];
            if (files.Any(result) && given.Length > 0) throw new CommandException("when files are provided as input, you may not specify types or names as arguments as well");
            var targets = files.Any(result)
                ? await search.OfManifestsAsync(await files.ReadAsync(result, session.Terminal.Input, cancellationToken), cancellationToken)
                : await search.OfWordsAsync(given, selectors.Query(result), options.Scope(result), cancellationToken);
            if (targets.Count == 0) await session.Terminal.Output.WriteLineAsync("No resources found");
            var run = new DeleteRun(session, request);
            var code = await Batch.RunAsync(
                targets, session.Terminal, target => run.DeleteAsync(target, cancellationToken), target => target.Source is { } source ? $"deleting \"{source}\"" : null);
            await run.WaitAsync(cancellationToken);
            return code;
        });
        return command;
    }
}
