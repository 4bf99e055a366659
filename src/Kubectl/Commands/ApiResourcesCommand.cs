using System.CommandLine;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>api-resources</c>: what the server has, and by which names.</summary>
internal static class ApiResourcesCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var output = new Option<string?>("--output", "-o") { Description = "wide or name.", HelpName = "FORMAT" };
        var noHeaders = new Option<bool>("--no-headers") { Description = "No headings." };
        var command = new CommandWithExamples(
            "api-resources", "Show the types of objects that the server has, and by which names they are called.",
            "kubectl api-resources", "kubectl api-resources -o wide")
        {
            output, noHeaders,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var format = OutputFormats.Parse(result.GetValue(output), OutputFormat.Wide, OutputFormat.Name);
            using var session = globals.Open(result);
            var all = (await session.Catalog.AllAsync(cancellationToken))
                .OrderBy(resource => resource.Kind.Group, StringComparer.Ordinal)
                .ThenBy(resource => resource.Kind.Plural, StringComparer.Ordinal);
            if (format == OutputFormat.Name)
            {
                foreach (var resource in all) await session.Terminal.Output.WriteLineAsync(resource.Kind.GroupResource);
                return 0;
            }

            var rows = new List<IReadOnlyList<string>>();
            if (!result.GetValue(noHeaders)) rows.Add(Row(format, "NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", "VERBS", "CATEGORIES"));
            foreach (var (kind, verbs) in all)
            {
                var (shortNames, categories) = (string.Join(',', kind.ShortNames), string.Join(',', kind.Categories));
                rows.Add(Row(format, kind.Plural, shortNames, kind.GroupVersion, kind.Namespaced ? "true" : "false", kind.Kind, string.Join(',', verbs), categories));
            }

            new ColumnText(session.Terminal.Output).Write(rows);
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<string> Row(OutputFormat format, params IReadOnlyList<string> cells) => format == OutputFormat.Wide ? cells : [.. cells.Take(5)];
}
