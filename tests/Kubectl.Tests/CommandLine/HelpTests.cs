using System.CommandLine;
using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Paths(KubectlCommand.Create(Terminal.OfProcess), "").Where(path => path.Length > 0)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_says_what_it_does_how_it_is_called_and_gives_examples(string path)
    {
        var run = await Run.OfAsync([.. path.Split(' '), "--help"]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        foreach (var heading in new[] { "Description:", $"Usage:\n  kubectl {path}", "Options:", "Examples:\n  kubectl " }) Assert.Contains(heading, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_and_argument_is_described(string path)
    {
        var command = path.Split(' ').Aggregate(KubectlCommand.Create(Terminal.OfProcess), (at, name) => at.Subcommands.Single(sub => sub.Name == name));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Fact]
    public async Task Without_a_command_all_of_them_are_shown()
    {
        var (bare, asked, word) = (await Run.OfAsync([]), await Run.OfAsync(["--help"]), await Run.OfAsync(["help"]));
        Assert.Equal(asked, bare);
        Assert.Equal(asked, word);
        Assert.All(new[] { "apply", "create", "get", "describe", "delete", "version", "api-resources", "cluster-info", "proxy" }, name => Assert.Contains($"\n  {name} ", asked.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_word_help_before_a_command_is_help_on_it() => Assert.Equal(await Run.OfAsync(["get", "--help"]), await Run.OfAsync(["help", "get"]));

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(sub => Paths(sub, $"{path} {sub.Name}".Trim())).Prepend(path);
}
