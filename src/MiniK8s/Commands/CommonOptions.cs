using System.CommandLine;
using MiniK8s.Kubelet;

namespace MiniK8s.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Where a cluster keeps its files.</summary>
    public static Option<string> DataDirectory() => new("--data-dir")
    {
        Description = "Directory of certificates, tokens, the embedded store and the pods' volumes.",
        HelpName = "DIR",
        DefaultValueFactory = _ => NodeIdentity.DefaultDataDirectory,
    };
}
