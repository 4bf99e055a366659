using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>get -w</c>: what is there, then every change, until interrupted or until the server ends it.</summary>
internal sealed class WatchRun(Session session, GetRequest request)
{
    private bool printed;

    /// <summary>Lists, then follows from that version on.</summary>
    /// <exception cref="CommandException">More than one kind or name was given.</exception>
    /// <exception cref="Api.Errors.ApiException">The server refused, or ended the watch with an error.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (request.Targets is not [var target]) throw new CommandException("you may only specify a single resource type or name with --watch");
        var accept = request.WantsTables ? TablePrinter.Accept : null;
        var collection = request.CollectionWithQuery(target, session);

        // A name is listed too: the version of a list is that of now, from which a watch can begin, where that of the object may be too old.
        var list = await session.GetAsync(collection, cancellationToken, accept);
        var version = (string?)list["metadata"]?["resourceVersion"] ?? "";
        if (target.Name is not null && IsEmpty(list) && !request.IgnoreNotFound) await session.GetAsync(request.Path(target, session), cancellationToken);
        var table = new TablePrinter(session.Terminal.Output, request.Style(target.Kind, amongOthers: false));
        await ShowAsync(table, target, list, cancellationToken);
        await foreach (var (_, value) in WatchLines.ReadAsync(session, collection, version, accept, cancellationToken))
        {
            await ShowAsync(table, target, value, cancellationToken);
        }
    }

    private static bool IsEmpty(JsonObject list) => list["items"] is JsonArray { Count: 0 } || (list["items"] is null && !TablePrinter.Rows(list).Any());

    private async Task ShowAsync(TablePrinter table, Target target, JsonObject answer, CancellationToken cancellationToken)
    {
        if (request.WantsTables) table.Print(PlainTable.Of(answer, session.Clock.GetUtcNow()));
        else if (answer["items"] is JsonArray) foreach (var item in ListItems.Of(answer, target.Kind)) Print(item, target);
        else Print(ListItems.Named(answer, target.Kind), target);
        await session.Terminal.Output.FlushAsync(cancellationToken);
    }

    private void Print(JsonObject value, Target target)
    {
        if (printed && request.Format == OutputFormat.Yaml) session.Terminal.Output.WriteLine("---");
        session.Terminal.Output.Write(ObjectPrinter.Text(value, target.Kind, request.Format));
        printed = true;
    }
}
