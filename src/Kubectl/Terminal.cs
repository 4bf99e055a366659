namespace MiniK8s.Kubectl;

/// <summary>The streams of a command.</summary>
/// <param name="Output">Answers.</param>
/// <param name="Error">Errors and warnings.</param>
/// <param name="Input">Opens what <c>-f -</c> reads.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, Func<Stream> Input)
{
    /// <summary>The process's own.</summary>
    public static Terminal OfProcess => new(Console.Out, Console.Error, Console.OpenStandardInput);
}
