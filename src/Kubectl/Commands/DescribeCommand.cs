using System.CommandLine;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>describe</c>: tells about objects in words, with what belongs to them.</summary>
internal static class DescribeCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = Words.Any("TYPE[/NAME]", "TYPE, TYPE NAME…, or TYPE/NAME…; the beginning of a name will do.");
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var selectors = new SelectorOptions();
        var command = new CommandWithExamples(
            "describe", "Tell about objects in detail, with the events and other objects that belong to them.",
            "kubectl describe service web", "kubectl describe pods -l app=web", "kubectl describe node/worker-1")
        {
            words, all,
        };
        selectors.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var targets = await Target.ReadAsync(result.GetValue(words) ?? [], session.Catalog, cancellationToken);
            var request = new GetRequest(targets, selectors.Query(result), result.GetValue(all), default);
            Target.RequireSense(targets, request.Query, request.AllNamespaces);
            var run = new DescribeRun(session, request);
            var code = await Batch.RunAsync(targets, session.Terminal, target => run.DescribeAsync(target, cancellationToken), _ => null);
            if (code == 0 && !run.FoundAny) await session.Terminal.Error.WriteLineAsync(request.Nothing(session));
            return code;
        });
        return command;
    }
}
