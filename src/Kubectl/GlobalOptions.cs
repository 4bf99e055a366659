using System.CommandLine;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Discovery;

namespace MiniK8s.Kubectl;

/// <summary>The options that every command takes: which cluster, who, and which namespace.</summary>
internal sealed class GlobalOptions(Terminal terminal)
{
    private readonly Option<string?> kubeconfig = new("--kubeconfig") { Description = "File with the server's address and the credentials; else KUBECONFIG, ~/.kube/config, ~/.minik8s/admin.kubeconfig.", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> context = new("--context") { Description = "Context of the kubeconfig.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> space = new("--namespace", "-n") { Description = "Namespace of the request.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> server = new("--server", "-s") { Description = "Address of the API server.", HelpName = "URL", Recursive = true };
    private readonly Option<string?> token = new("--token") { Description = "Bearer token.", HelpName = "TOKEN", Recursive = true };
    private readonly Option<bool> insecure = new("--insecure-skip-tls-verify") { Description = "Accept any certificate of the server.", Recursive = true };

    /// <summary>Adds the options to the root, for all commands.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { kubeconfig, context, space, server, token, insecure }) root.Add(option);
    }

    /// <summary>What a command works with. Nothing is connected before its first request.</summary>
    public Session Open(ParseResult result)
    {
        var config = Config(result);
        var raw = new RawApiClient(config with { UserAgent = "minik8s-kubectl" });
        return new Session(raw, new ResourceCatalog(raw), result.GetValue(space) ?? config.Namespace, config.Server, terminal, TimeProvider.System);
    }

    private ClientConfig Config(ParseResult result)
    {
        var address = result.GetValue(server);
        var config = address is not null && result.GetValue(kubeconfig) is null && result.GetValue(context) is null
            ? new ClientConfig { Server = Address(address) }
            : ClientConfigs.Load(result.GetValue(kubeconfig) ?? Fallback(), result.GetValue(context));
        if (address is not null) config = config with { Server = Address(address) };
        if (result.GetValue(token) is { Length: > 0 } given) config = config with { Token = given, Identity = null };
        return result.GetValue(insecure) ? config with { InsecureSkipTlsVerify = true } : config;
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandException($"--server '{text}' is no URL; give https://HOST:PORT");

    // Whoever has just started a cluster on this host need not be told where it left its kubeconfig.
    private static string? Fallback()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var own = Path.Combine(home, ".minik8s", "admin.kubeconfig");
        return Environment.GetEnvironmentVariable("KUBECONFIG") is not { Length: > 0 } && !File.Exists(Path.Combine(home, ".kube", "config")) && File.Exists(own) ? own : null;
    }
}
