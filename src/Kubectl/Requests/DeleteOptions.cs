using System.CommandLine;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Requests;

/// <summary>How to delete.</summary>
internal sealed record DeleteRequest
{
    /// <summary>How long pods may take, in seconds; null leaves it to them.</summary>
    public int? GraceSeconds { get; init; }

    /// <summary>Whether to wait until the objects are gone.</summary>
    public bool Wait { get; init; }

    /// <summary>How long to wait at most for each; zero for as long as it takes.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether a missing object is no error.</summary>
    public bool IgnoreNotFound { get; init; }

    /// <summary>Whether anything is really done.</summary>
    public required DryRun DryRun { get; init; }

    /// <summary>Whether only names are shown.</summary>
    public bool OnlyNames { get; init; }
}

/// <summary>Which objects of a type are meant where no name is given.</summary>
/// <param name="All">All of them, without a selector.</param>
/// <param name="AllNamespaces">Those of all namespaces.</param>
internal sealed record DeleteScope(bool All, bool AllNamespaces);

/// <summary>The options of <c>delete</c>.</summary>
internal sealed class DeleteOptions
{
    private readonly Option<bool> all = new("--all") { Description = "All objects of the type in the namespace." };
    private readonly Option<bool> everywhere = new("--all-namespaces", "-A") { Description = "Of all namespaces; with -l or --all." };
    private readonly Option<bool> wait = new("--wait") { Description = "Wait until the objects are gone.", DefaultValueFactory = _ => true };
    private readonly Option<string> timeout = new("--timeout")
    {
        Description = "How long to wait for each object, such as 30s; 0 for as long as it takes.",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "0",
    };

    private readonly Option<bool> ignore = new("--ignore-not-found") { Description = "A name that is not there is no error." };
    private readonly Option<int?> grace = new("--grace-period")
    {
        Description = "Seconds that pods have to end well; 0 with --force removes them at once.",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> now = new("--now") { Description = "The same as --grace-period=1." };
    private readonly Option<bool> force = new("--force") { Description = "Remove from the API at once, without waiting for the node." };
    private readonly Option<string?> output = new("--output", "-o") { Description = "name: show only names.", HelpName = "FORMAT" };
    private readonly DryRunOption dryRun = new();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { all, everywhere, wait, timeout, ignore, grace, now, force, output }) command.Add(option);
        dryRun.AddTo(command);
    }

    /// <summary>How to delete.</summary>
    /// <exception cref="CommandException">Values are wrong, or do not go together.</exception>
    public DeleteRequest Read(ParseResult result) => new()
    {
        GraceSeconds = Grace(result),
        Wait = result.GetValue(wait),
        Timeout = DurationText.Parse("--timeout", result.GetValue(timeout)!),
        IgnoreNotFound = result.GetValue(ignore),
        DryRun = dryRun.Read(result),
        OnlyNames = OutputFormats.Parse(result.GetValue(output), OutputFormat.Name) == OutputFormat.Name,
    };

    /// <summary>Which objects are meant where no name is given.</summary>
    public DeleteScope Scope(ParseResult result) => new(result.GetValue(all), result.GetValue(everywhere));

    // As in kubectl: nothing goes at once without --force.
    private int? Grace(ParseResult result) => (result.GetValue(grace), result.GetValue(now), result.GetValue(force)) switch
    {
        ( < -1, _, _) => throw new CommandException("--grace-period must not be negative"),
        ( >= 0, true, _) => throw new CommandException("--now and --grace-period cannot be specified together"),
        ( > 0, _, true) => throw new CommandException("--force and --grace-period greater than 0 cannot be specified together"),
        (_, _, true) => 0,
        (_, true, _) or (0, _, _) => 1,
        (-1, _, _) => null,
        var (seconds, _, _) => seconds,
    };
}
