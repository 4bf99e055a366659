using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>get</c>.</summary>
internal sealed class GetRun(Session session, GetRequest request)
{
    /// <summary>Asks and prints. Objects that are not there are reported after the others have been shown.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var missing = new List<ApiException>();
        if (request.Format is OutputFormat.Table or OutputFormat.Wide) await TablesAsync(missing, cancellationToken);
        else await ObjectsAsync(missing, cancellationToken);
        if (missing.Count > 0 && !request.IgnoreNotFound) throw missing[0];
    }

    private async Task TablesAsync(List<ApiException> missing, CancellationToken cancellationToken)
    {
        var empty = true;
        foreach (var group in request.Targets.GroupBy(target => target.Kind))
        {
            var rows = 0;
            var printer = new TablePrinter(session.Terminal.Output, request.Style(group.Key));
            foreach (var target in group)
            {
                if (await FindAsync(target, TablePrinter.Accept, missing, cancellationToken) is not { } table) continue;
                var count = (table["rows"] as JsonArray)?.Count ?? 0;
                if (count == 0) continue;
                if (rows == 0 && !empty) await session.Terminal.Output.WriteLineAsync();
                printer.Print(table, group.Key);
                (rows, empty) = (rows + count, false);
            }
        }

        if (empty && missing.Count == 0) await session.Terminal.Error.WriteLineAsync(Nothing());
    }

    private string Nothing() =>
        request.AllNamespaces || request.Targets.All(target => !target.Kind.Namespaced) ? "No resources found" : $"No resources found in {session.Namespace} namespace.";

    private async Task ObjectsAsync(List<ApiException> missing, CancellationToken cancellationToken)
    {
        var found = new List<(JsonObject Object, KindInfo Kind)>();
        foreach (var target in request.Targets)
        {
            if (await FindAsync(target, null, missing, cancellationToken) is not { } answer) continue;
            if (target.Name is not null) found.Add((answer, target.Kind));
            else found.AddRange(Items(answer, target.Kind).Select(item => (item, target.Kind)));
        }

        if (request.Format == OutputFormat.Name)
        {
            foreach (var (item, kind) in found) await session.Terminal.Output.WriteAsync(ObjectPrinter.Text(item, kind, OutputFormat.Name));
            return;
        }

        if (found.Count == 0 && missing.Count > 0) return;
        var single = request.Targets is [{ Name: not null }] && found.Count == 1;
        var whole = single ? found[0].Object : ObjectPrinter.ListOf(found.Select(pair => pair.Object));
        await session.Terminal.Output.WriteAsync(ObjectPrinter.Text(whole, null, request.Format));
    }

    private async Task<JsonObject?> FindAsync(Target target, string? accept, List<ApiException> missing, CancellationToken cancellationToken)
    {
        try
        {
            return await session.GetAsync(request.Path(target, session), cancellationToken, accept);
        }
        catch (ApiException error) when (error.IsNotFound && target.Name is not null)
        {
            missing.Add(error);
            return null;
        }
    }

    // Items of a list name neither version nor kind; alone they must.
    private static IEnumerable<JsonObject> Items(JsonObject list, KindInfo kind)
    {
        foreach (var item in (list["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            item["apiVersion"] ??= kind.GroupVersion;
            item["kind"] ??= kind.Kind;
            yield return item;
        }
    }
}
