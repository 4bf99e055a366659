using System.CommandLine;
using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Describing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>describe</c>: tells about objects in words, with what belongs to them.</summary>
internal static class DescribeCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var words = new Argument<string[]>("TYPE[/NAME]") { Description = "TYPE, TYPE NAME…, or TYPE/NAME…." };
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "Of all namespaces." };
        var selectors = new SelectorOptions();
        var command = new Command("describe", "Tell about objects in detail.") { words, all };
        selectors.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var first = true;
            foreach (var target in await Target.ReadAsync(result.GetValue(words) ?? [], session.Catalog, cancellationToken))
            {
                var request = new GetRequest([target], selectors.Query(result), result.GetValue(all), default);
                var answer = await session.GetAsync(request.Path(target, session), cancellationToken);
                foreach (var item in target.Name is not null ? [answer] : (answer["items"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    if (!first) await session.Terminal.Output.WriteLineAsync("\n");
                    await session.Terminal.Output.WriteAsync(await Describer.DescribeAsync(session, target.Kind, item, cancellationToken));
                    first = false;
                }
            }

            if (first) await session.Terminal.Error.WriteLineAsync("No resources found");
            return 0;
        });
        return command;
    }
}
