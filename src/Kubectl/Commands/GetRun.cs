using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>get</c>.</summary>
internal sealed class GetRun(Session session, GetRequest request)
{
    private readonly List<ApiException> refusals = [];

    /// <summary>Asks and prints. What the server refused is reported after all else has been shown.</summary>
    /// <returns>0, or 1 when something was refused.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await (request.WantsTables ? TablesAsync(cancellationToken) : ObjectsAsync(cancellationToken));
        foreach (var refusal in refusals) await session.Terminal.Error.WriteLineAsync(ErrorText.Of(refusal));
        return refusals.Count == 0 ? 0 : 1;
    }

    private async Task TablesAsync(CancellationToken cancellationToken)
    {
        var answers = new List<(KindInfo Kind, JsonObject Table)>();
        foreach (var target in request.Targets)
        {
            if (await FindAsync(target, TablePrinter.Accept, cancellationToken) is { } answer) answers.Add((target.Kind, PlainTable.Of(answer, session.Clock.GetUtcNow())));
        }

        var groups = answers.GroupBy(answer => answer.Kind, answer => answer.Table).ToList();
        var empty = true;
        foreach (var group in groups.Where(tables => tables.SelectMany(TablePrinter.Rows).Any()))
        {
            if (!empty && !request.NoHeaders) await session.Terminal.Output.WriteLineAsync();
            new TablePrinter(session.Terminal.Output, request.Style(group.Key, groups.Count > 1)).Print([.. group]);
            empty = false;
        }

        if (empty && refusals.Count == 0 && !request.IgnoreNotFound) await session.Terminal.Error.WriteLineAsync(request.Nothing(session));
    }

    private async Task ObjectsAsync(CancellationToken cancellationToken)
    {
        var found = new List<(JsonObject Object, KindInfo Kind)>();
        foreach (var target in request.Targets)
        {
            if (await FindAsync(target, null, cancellationToken) is not { } answer) continue;
            if (target.Name is not null) found.Add((answer, target.Kind));
            else found.AddRange(ListItems.Of(answer, target.Kind).Select(item => (item, target.Kind)));
        }

        var output = session.Terminal.Output;
        if (request.Format == OutputFormat.Name)
        {
            foreach (var (item, kind) in found) await output.WriteAsync(ObjectPrinter.Text(item, kind, OutputFormat.Name));
        }
        else if (request.Targets is [{ Name: not null }])
        {
            if (found is [var (item, kind)]) await output.WriteAsync(ObjectPrinter.Text(item, kind, request.Format));
        }
        else if (found.Count > 0 || refusals.Count == 0)
        {
            await output.WriteAsync(ObjectPrinter.Text(found.Select(pair => pair.Object), request.Format));
        }
    }

    private async Task<JsonObject?> FindAsync(Target target, string? accept, CancellationToken cancellationToken)
    {
        try
        {
            return await session.GetAsync(request.Path(target, session), cancellationToken, accept);
        }
        catch (ApiException error)
        {
            if (!(error.IsNotFound && target.Name is not null && request.IgnoreNotFound)) refusals.Add(error);
            return null;
        }
    }
}
