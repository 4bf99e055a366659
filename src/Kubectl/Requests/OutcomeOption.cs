using System.CommandLine;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The option <c>-o</c> of commands that change objects.</summary>
internal sealed class OutcomeOption
{
    private readonly Option<string?> option = new("--output", "-o") { Description = "Show name, yaml or json of the objects in place of what became of them.", HelpName = "FORMAT" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(option);

    /// <summary>What prints outcomes as asked for.</summary>
    /// <exception cref="CommandException">The format is none of those.</exception>
    public OutcomePrinter Printer(ParseResult result, TextWriter output) =>
        new(output, OutputFormats.Parse(result.GetValue(option), OutputFormat.Yaml, OutputFormat.Json, OutputFormat.Name));
}
