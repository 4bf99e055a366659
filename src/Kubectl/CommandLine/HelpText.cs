using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MiniK8s.Kubectl.CommandLine;

/// <summary>Help: what a command does, how it is called, and lines that can be tried.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const int Width = 120;

    /// <inheritdoc/>
    public override bool Terminating => true;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = new HelpAction { MaxWidth = Width }.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not CommandWithExamples { Examples: var examples }) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples) output.WriteLine($"  {example}");
        return code;
    }
}

/// <summary>A command whose help shows how it is used.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole command lines.</param>
internal sealed class CommandWithExamples(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
