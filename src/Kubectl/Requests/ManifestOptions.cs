using System.CommandLine;
using MiniK8s.Kubectl.Manifests;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The options that say where objects are described.</summary>
internal sealed class ManifestOptions
{
    private readonly Option<string[]> files = new("--filename", "-f")
    {
        Description = "File or directory with objects, or - for standard input; may be given more than once.",
        HelpName = "FILE",
    };

    private readonly Option<bool> recursive = new("--recursive", "-R") { Description = "Read directories with all that is below them." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(files);
        command.Add(recursive);
    }

    /// <summary>Whether a file was given.</summary>
    public bool Any(ParseResult result) => result.GetValue(files) is { Length: > 0 };

    /// <summary>Reads all objects.</summary>
    /// <exception cref="CommandException">No source was given, one is not there, or there is no object in them.</exception>
    public Task<IReadOnlyList<Manifest>> ReadAsync(ParseResult result, Func<Stream> input, CancellationToken cancellationToken)
    {
        var sources = (result.GetValue(files) ?? []).SelectMany(source => source.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return ManifestReader.ReadAsync(sources, result.GetValue(recursive), input, cancellationToken);
    }
}
