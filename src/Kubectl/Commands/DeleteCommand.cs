using System.CommandLine;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>delete</c>: removes objects, and waits until they are gone.</summary>
internal static class DeleteCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = new Argument<string[]>("TYPE[/NAME]") { Description = "TYPE NAME…, TYPE/NAME…, or TYPE with -l or --all.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All objects of the type in the namespace." };
        var wait = new Option<bool>("--wait") { Description = "Wait until the objects are gone.", DefaultValueFactory = _ => true };
        var ignore = new Option<bool>("--ignore-not-found") { Description = "A name that is not there is no error." };
        var grace = new Option<int?>("--grace-period") { Description = "Seconds that pods have to end well; 0 with --force removes them at once.", HelpName = "SECONDS" };
        var now = new Option<bool>("--now") { Description = "The same as --grace-period=1." };
        var force = new Option<bool>("--force") { Description = "Remove from the API at once, without waiting for the node." };
        var (files, selectors, dryRun) = (new ManifestOptions(), new SelectorOptions(), new DryRunOption());
        var command = new Command("delete", "Delete objects.") { words, all, wait, ignore, grace, now, force };
        files.AddTo(command);
        selectors.AddTo(command);
        dryRun.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var seconds = result.GetValue(force) ? result.GetValue(grace) ?? 0 : result.GetValue(now) ? 1 : result.GetValue(grace);
            var run = new DeleteRun(session, new DeleteRequest(seconds, result.GetValue(wait), result.GetValue(ignore), dryRun.Read(result)));
            var targets = files.Any(result)
                ? await run.OfManifestsAsync(await files.ReadAsync(result, session.Terminal.Input, cancellationToken), cancellationToken)
                : await run.OfWordsAsync(result.GetValue(words) ?? [], selectors.Query(result), result.GetValue(all), cancellationToken);
            var outcome = await Batch.RunAsync(targets, session.Terminal, target => run.DeleteAsync(target, cancellationToken));
            await run.WaitAsync(cancellationToken);
            return outcome;
        });
        return command;
    }
}
