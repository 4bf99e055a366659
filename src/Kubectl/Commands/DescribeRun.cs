using System.Text.Json.Nodes;
using MiniK8s.Api.Errors;
using MiniK8s.Kubectl.Describing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Carries out one <c>describe</c>.</summary>
internal sealed class DescribeRun(Session session, GetRequest request)
{
    private readonly Describer describer = new(session);

    /// <summary>Whether there was anything to describe.</summary>
    public bool FoundAny { get; private set; }

    /// <summary>Describes the objects of one target.</summary>
    /// <exception cref="ApiException">The server refused; where no object has the name, none begins with it either.</exception>
    public async Task DescribeAsync(Target target, CancellationToken cancellationToken)
    {
        foreach (var item in await FindAsync(target, cancellationToken))
        {
            if (FoundAny) await session.Terminal.Output.WriteAsync("\n\n");
            await session.Terminal.Output.WriteAsync(await describer.DescribeAsync(target.Kind, item, cancellationToken));
            FoundAny = true;
        }
    }

    private async Task<IReadOnlyList<JsonObject>> FindAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.GetAsync(request.Path(target, session), cancellationToken);
            return target.Name is null ? [.. ListItems.Of(answer, target.Kind)] : [answer];
        }
        catch (ApiException error) when (error.IsNotFound && target.Name is { } beginning)
        {
            var all = await session.GetAsync(session.Collection(target.Kind), cancellationToken);
            var alike = ListItems.Of(all, target.Kind).Where(item => ((string?)item["metadata"]?["name"])?.StartsWith(beginning, StringComparison.Ordinal) == true).ToList();
            if (alike.Count == 0) throw;
            return alike;
        }
    }
}
