using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>How to delete.</summary>
/// <param name="GraceSeconds">How long pods may take; null leaves it to them.</param>
/// <param name="Wait">Whether to wait until the objects are gone.</param>
/// <param name="IgnoreNotFound">Whether a missing object is no error.</param>
/// <param name="DryRun">Whether anything is really done.</param>
internal sealed record DeleteRequest(int? GraceSeconds, bool Wait, bool IgnoreNotFound, DryRun DryRun);

/// <summary>One object to delete.</summary>
internal sealed record Doomed(KindInfo Kind, string Name, string? Namespace);

/// <summary>Carries out one <c>delete</c>.</summary>
internal sealed class DeleteRun(Session session, DeleteRequest request)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private readonly List<(Doomed Target, string Uid)> lingering = [];

    /// <summary>The objects that manifests name.</summary>
    public async Task<IReadOnlyList<Doomed>> OfManifestsAsync(IReadOnlyList<Manifest> manifests, CancellationToken cancellationToken)
    {
        var found = new List<Doomed>();
        foreach (var manifest in manifests)
        {
            var kind = await session.Catalog.OfManifestAsync(manifest.ApiVersion, manifest.Kind, cancellationToken);
            found.Add(new Doomed(kind, manifest.Name, manifest.Namespace));
        }

        return found;
    }

    /// <summary>The objects that the words of the command line name or select.</summary>
    /// <exception cref="CommandException">Neither a name nor a selector nor <c>--all</c> says which.</exception>
    public async Task<IReadOnlyList<Doomed>> OfWordsAsync(IReadOnlyList<string> words, string query, bool all, CancellationToken cancellationToken)
    {
        var found = new List<Doomed>();
        foreach (var target in await Target.ReadAsync(words, session.Catalog, cancellationToken))
        {
            if (target.Name is not null)
            {
                found.Add(new Doomed(target.Kind, target.Name, null));
                continue;
            }

            if (query.Length == 0 && !all) throw new CommandException("resource(s) were provided, but no name was specified; give names, -l SELECTOR or --all");
            var list = await session.GetAsync($"{session.Path(target.Kind)}{(query.Length == 0 ? "" : "?" + query)}", cancellationToken);
            found.AddRange((list["items"] as JsonArray ?? []).Select(item => new Doomed(target.Kind, (string?)item?["metadata"]?["name"] ?? "", (string?)item?["metadata"]?["namespace"])));
        }

        if (found.Count == 0) await session.Terminal.Error.WriteLineAsync("No resources found");
        return found;
    }

    /// <summary>Asks the server to delete one object and says so.</summary>
    public async Task DeleteAsync(Doomed target, CancellationToken cancellationToken)
    {
        var label = $"{Names.Prefix(target.Kind)} \"{target.Name}\"";
        try
        {
            if (!request.DryRun.IsClient) await SendAsync(target, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound && request.IgnoreNotFound)
        {
            return;
        }

        await session.Terminal.Output.WriteLineAsync($"{label} {(request.GraceSeconds == 0 ? "force deleted" : "deleted")}{request.DryRun.Suffix}");
    }

    /// <summary>Waits until what was deleted is gone, or another object has its name.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!request.Wait || !request.DryRun.IsNone) return;
        foreach (var (target, uid) in lingering)
        {
            var path = session.Path(target.Kind, target.Name, target.Namespace);
            while (await session.FindAsync(path, cancellationToken) is { } left && (string?)left["metadata"]?["uid"] == uid)
            {
                await Task.Delay(PollInterval, session.Clock, cancellationToken);
            }
        }
    }

    private async Task SendAsync(Doomed target, CancellationToken cancellationToken)
    {
        var path = session.Path(target.Kind, target.Name, target.Namespace);
        var options = new JsonObject { ["propagationPolicy"] = "Background" };
        if (request.GraceSeconds is { } grace) options["gracePeriodSeconds"] = grace;
        var answer = await session.SendAsync(HttpMethod.Delete, request.DryRun.Query(path), options, cancellationToken);
        // A Status means that it is gone; an object, that it lingers until its finalizers or its node let it go.
        if ((string?)answer["metadata"]?["uid"] is { } uid) lingering.Add((target, uid));
    }
}
