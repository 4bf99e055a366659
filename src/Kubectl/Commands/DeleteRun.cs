using System.Text.Json.Nodes;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>delete</c>.</summary>
internal sealed class DeleteRun(Session session, DeleteRequest request)
{
    private static readonly TimeSpan PauseBetweenWatches = TimeSpan.FromSeconds(1);
    private readonly List<(Doomed Target, string Uid)> lingering = [];

    /// <summary>Asks the server to delete one object and says so.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public async Task DeleteAsync(Doomed target, CancellationToken cancellationToken)
    {
        try
        {
            if (!request.DryRun.IsClient) await SendAsync(target, cancellationToken);
        }
        catch (ApiException error) when (error.IsNotFound && request.IgnoreNotFound)
        {
            return;
        }

        var deed = request.GraceSeconds == 0 ? "force deleted" : "deleted";
        await session.Terminal.Output.WriteLineAsync(request.OnlyNames
            ? Names.Of(target.Kind, target.Name)
            : $"{Names.Prefix(target.Kind)} \"{target.Name}\" {deed}{request.DryRun.Suffix}");
    }

    /// <summary>Waits until what was deleted is gone, or another object has its name.</summary>
    /// <exception cref="CommandException">The time for one of them is over.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!request.Wait || !request.DryRun.IsNone) return;
        await session.Terminal.Output.FlushAsync(cancellationToken);
        foreach (var (target, uid) in lingering)
        {
            using var limit = new CancellationTokenSource(request.Timeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : request.Timeout, session.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await UntilGoneAsync(target, uid, either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new CommandException($"timed out waiting for the condition on {target.Kind.GroupResource}/{target.Name}");
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

    private async Task UntilGoneAsync(Doomed target, string uid, CancellationToken cancellationToken)
    {
        var selector = Uri.EscapeDataString($"metadata.name={target.Name}");
        var collection = $"{session.Collection(target.Kind, target.Namespace)}?fieldSelector={selector}";
        while (true)
        {
            var list = await session.GetAsync(collection, cancellationToken);
            if (ListItems.Of(list, target.Kind).All(item => (string?)item["metadata"]?["uid"] != uid)) return;
            if (await SeesItGoAsync(collection, (string?)list["metadata"]?["resourceVersion"] ?? "", uid, cancellationToken)) return;
            await Task.Delay(PauseBetweenWatches, session.Clock, cancellationToken);
        }
    }

    private async Task<bool> SeesItGoAsync(string collection, string version, string uid, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (type, value) in WatchLines.ReadAsync(session, collection, version, null, cancellationToken))
            {
                if (type == WatchEventTypes.Deleted || (string?)value["metadata"]?["uid"] != uid) return true;
            }
        }
        catch (ApiException error) when (error.IsGone)
        {
            // The version is too old by now: list again.
        }
        catch (IOException)
        {
            // The connection broke: list again.
        }

        return false;
    }
}
