using System.CommandLine;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The option <c>--dry-run</c>.</summary>
internal sealed class DryRunOption
{
    private readonly Option<string> option = new("--dry-run")
    {
        Description = "none, server (the server checks and stores nothing) or client (nothing is sent).",
        HelpName = "MODE",
        DefaultValueFactory = _ => "none",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(option);

    /// <summary>What was asked for.</summary>
    /// <exception cref="CommandException">It is none of the modes.</exception>
    public DryRun Read(ParseResult result) => new(result.GetValue(option) switch
    {
        "none" or "server" or "client" => result.GetValue(option)!,
        var other => throw new CommandException($"Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\"."),
    });
}

/// <summary>Whether anything is really done.</summary>
/// <param name="Mode"><c>none</c>, <c>server</c> or <c>client</c>.</param>
internal sealed record DryRun(string Mode)
{
    /// <summary>It is really done.</summary>
    public bool IsNone => Mode == "none";

    /// <summary>Nothing is sent.</summary>
    public bool IsClient => Mode == "client";

    /// <summary>What stands behind the answer.</summary>
    public string Suffix => IsNone ? "" : $" ({(IsClient ? "dry run" : "server dry run")})";

    /// <summary>The path of a request, with the server's dry run where asked for.</summary>
    public string Query(string path) => Mode == "server" ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}dryRun=All" : path;
}
