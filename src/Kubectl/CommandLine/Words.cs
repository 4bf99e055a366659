using System.CommandLine;

namespace MiniK8s.Kubectl.CommandLine;

/// <summary>Arguments that are words: types and names of objects.</summary>
internal static class Words
{
    /// <summary>Any number of words.</summary>
    public static Argument<string[]> Any(string name, string description) =>
        RefuseFlags(new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.ZeroOrMore });

    /// <summary>One word.</summary>
    public static Argument<string> One(string name, string description) =>
        RefuseFlags(new Argument<string>(name) { Description = description, Arity = ArgumentArity.ExactlyOne });

    // To the parser an option that it does not know is a word like any other; no type and no name begins with a dash.
    private static TArgument RefuseFlags<TArgument>(TArgument argument) where TArgument : Argument
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } flag) result.AddError(WrongUsage.UnknownFlag(flag.Value));
        });
        return argument;
    }
}
