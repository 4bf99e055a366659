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
        try
        {
            var answer = await session.GetAsync(request.Path(target, session), cancellationToken);
            foreach (var item in target.Name is null ? ListItems.Of(answer, target.Kind) : [answer])
            {
                if (FoundAny) await session.Terminal.Output.WriteAsync("\n\n");
                await WriteAsync(target, item, cancellationToken);
            }
        }
        catch (ApiException error) when (error.IsNotFound && target.Name is { } beginning)
        {
            var all = await session.GetAsync(session.Collection(target.Kind), cancellationToken);
            var alike = ListItems.Of(all, target.Kind).Where(item => ((string?)item["metadata"]?["name"])?.StartsWith(beginning, StringComparison.Ordinal) == true).ToList();
            if (alike.Count == 0) throw;
            foreach (var item in alike)
            {
                await WriteAsync(target, item, cancellationToken);
                await session.Terminal.Output.WriteAsync('\n');
            }
        }
    }

    private async Task WriteAsync(Target target, JsonObject item, CancellationToken cancellationToken)
    {
        await session.Terminal.Output.WriteAsync(await describer.DescribeAsync(target.Kind, item, cancellationToken));
        FoundAny = true;
    }
}
