using System.CommandLine;
using MiniK8s.Api.Declarations;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>get</c>: shows objects, one by one or by kind, once or for as long as they change.</summary>
internal static class GetCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = new Argument<string[]>("TYPE[/NAME]") { Description = "TYPE, TYPE NAME…, TYPE/NAME… or TYPE,TYPE." };
        var output = new Option<string?>("--output", "-o") { Description = "wide, yaml, json or name.", HelpName = "FORMAT" };
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on showing changes." };
        var noHeaders = new Option<bool>("--no-headers") { Description = "No headings." };
        var showLabels = new Option<bool>("--show-labels") { Description = "Labels as the last column." };
        var ignore = new Option<bool>("--ignore-not-found") { Description = "A name that is not there is no error." };
        var selectors = new SelectorOptions();
        var command = new Command("get", "Show objects.") { words, output, all, watch, noHeaders, showLabels, ignore };
        selectors.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var targets = await Target.ReadAsync(result.GetValue(words) ?? [], session.Catalog, cancellationToken);
            var request = new GetRequest(targets, selectors.Query(result), result.GetValue(all), OutputFormats.Parse(result.GetValue(output)))
            {
                IgnoreNotFound = result.GetValue(ignore),
                NoHeaders = result.GetValue(noHeaders),
                ShowLabels = result.GetValue(showLabels),
            };
            await (result.GetValue(watch) ? new WatchRun(session, request).RunAsync(cancellationToken) : new GetRun(session, request).RunAsync(cancellationToken));
            return 0;
        });
        return command;
    }
}

/// <summary>What <c>get</c> was asked for.</summary>
internal sealed record GetRequest(IReadOnlyList<Target> Targets, string Query, bool AllNamespaces, OutputFormat Format)
{
    /// <summary>Whether a missing name is no error.</summary>
    public bool IgnoreNotFound { get; init; }

    /// <summary>Whether headings are left out.</summary>
    public bool NoHeaders { get; init; }

    /// <summary>Whether labels are shown.</summary>
    public bool ShowLabels { get; init; }

    /// <summary>The path of a target, with the selectors where it is a collection.</summary>
    public string Path(Target target, Session session)
    {
        if (target.Name is not null) return session.Path(target.Kind, target.Name);
        var collection = AllNamespaces ? target.Kind.Path() : session.Path(target.Kind);
        return Query.Length == 0 ? collection : $"{collection}?{Query}";
    }

    /// <summary>How a table of this kind is printed.</summary>
    public TablePrinter.Style Style(KindInfo kind) => new()
    {
        Wide = Format == OutputFormat.Wide,
        WithNamespace = AllNamespaces && kind.Namespaced,
        WithKind = Targets.Select(target => target.Kind).Distinct().Count() > 1,
        ShowLabels = ShowLabels,
        NoHeaders = NoHeaders,
    };
}
