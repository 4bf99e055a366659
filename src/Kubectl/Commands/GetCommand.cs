using System.CommandLine;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>get</c>: shows objects, one by one or by kind, once or for as long as they change.</summary>
internal static class GetCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = Words.Any("TYPE[/NAME]", "TYPE, TYPE NAME…, TYPE/NAME… or TYPE,TYPE; all for the usual ones.");
        var output = new Option<string?>("--output", "-o") { Description = "wide, yaml, json or name.", HelpName = "FORMAT" };
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on showing changes." };
        var noHeaders = new Option<bool>("--no-headers") { Description = "No headings." };
        var showLabels = new Option<bool>("--show-labels") { Description = "Labels as the last column." };
        var ignore = new Option<bool>("--ignore-not-found") { Description = "A name that is not there is no error." };
        var selectors = new SelectorOptions();
        var command = new CommandWithExamples(
            "get", "Show objects.",
            "kubectl get pods", "kubectl get services,endpoints -A -o wide", "kubectl get service web -o yaml", "kubectl get pods -l app=web -w")
        {
            words, output, all, watch, noHeaders, showLabels, ignore,
        };
        selectors.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var format = OutputFormats.Parse(result.GetValue(output), OutputFormat.Wide, OutputFormat.Yaml, OutputFormat.Json, OutputFormat.Name);
            using var session = globals.Open(result);
            var targets = await Target.ReadAsync(result.GetValue(words) ?? [], session.Catalog, cancellationToken);
            var request = new GetRequest(targets, selectors.Query(result), result.GetValue(all), format)
            {
                IgnoreNotFound = result.GetValue(ignore),
                NoHeaders = result.GetValue(noHeaders),
                ShowLabels = result.GetValue(showLabels),
            };
            Target.RequireSense(targets, request.Query, request.AllNamespaces);
            if (!result.GetValue(watch)) return await new GetRun(session, request).RunAsync(cancellationToken);
            await new WatchRun(session, request).RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
