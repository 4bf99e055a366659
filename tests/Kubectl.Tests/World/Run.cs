using System.Text;

namespace MiniK8s.Kubectl.Tests.World;

/// <summary>What a command line came to.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it answered.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record Run(int Code, string Output, string Error)
{
    /// <summary>Runs a command line in this process.</summary>
    public static async Task<Run> OfAsync(IReadOnlyList<string> arguments, string? input = null)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var terminal = new Terminal(output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input ?? "")));
        var code = await KubectlCommand.RunAsync(arguments, terminal, TestContext.Current.CancellationToken);
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts success, silence on the error stream and this answer.</summary>
    public void Answers(string output) => Assert.Equal(new Run(0, output, ""), this);

    /// <summary>Asserts failure with one complaint and no answer.</summary>
    public void Fails(string error) => Assert.Equal(new Run(1, "", error + "\n"), this);
}
