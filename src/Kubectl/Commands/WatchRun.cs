using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>get -w</c>: what is there, then every change, until interrupted or until the server ends it.</summary>
internal sealed class WatchRun(Session session, GetRequest request)
{
    /// <summary>Lists, then follows from that version on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (request.Targets is not [var target]) throw new CommandException("you may only specify a single resource type or name with --watch");
        var tables = request.Format is OutputFormat.Table or OutputFormat.Wide;
        var accept = tables ? TablePrinter.Accept : null;
        var printer = new TablePrinter(session.Terminal.Output, request.Style(target.Kind));
        var first = await session.GetAsync(request.Path(target, session), cancellationToken, accept);
        var version = (string?)first["metadata"]?["resourceVersion"] ?? "";
        if (tables) printer.Print(first, target.Kind);
        else foreach (var item in first["items"] as JsonArray ?? [first]) Print(item as JsonObject, target.Kind);
        await session.Terminal.Output.FlushAsync(cancellationToken);
        await using var stream = await session.Raw.OpenAsync(HttpMethod.Get, WatchPath(target, version), accept: accept, cancellationToken: cancellationToken);
        using var lines = new StreamReader(stream.Body);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 || JsonNode.Parse(line) is not JsonObject change || change["object"] is not JsonObject value) continue;
            if ((string?)change["type"] is WatchEventTypes.Error) throw new CommandException($"the watch ended: {(string?)value["message"]}");
            if ((string?)change["type"] is WatchEventTypes.Bookmark) continue;
            if (tables) printer.Print(value, target.Kind);
            else Print(value, target.Kind);
            await session.Terminal.Output.FlushAsync(cancellationToken);
        }
    }

    private string WatchPath(Target target, string version)
    {
        var collection = request.AllNamespaces && target.Name is null ? target.Kind.Path() : session.Path(target.Kind);
        var query = target.Name is { } name ? $"fieldSelector={Uri.EscapeDataString($"metadata.name={name}")}" : request.Query;
        return $"{collection}?watch=true&resourceVersion={version}{(query.Length == 0 ? "" : "&" + query)}";
    }

    private void Print(JsonObject? value, KindInfo kind)
    {
        if (value is null) return;
        if (request.Format == OutputFormat.Yaml) session.Terminal.Output.WriteLine("---");
        value["apiVersion"] ??= kind.GroupVersion;
        value["kind"] ??= kind.Kind;
        session.Terminal.Output.Write(ObjectPrinter.Text(value, kind, request.Format));
    }
}
