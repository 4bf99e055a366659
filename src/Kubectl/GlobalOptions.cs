using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Discovery;

namespace MiniK8s.Kubectl;

/// <summary>The options that every command takes: which cluster, who, and which namespace.</summary>
internal sealed class GlobalOptions(Terminal terminal)
{
    private readonly Option<string?> kubeconfig = new("--kubeconfig")
    {
        Description = "File with the server's address and the credentials; else KUBECONFIG, ~/.kube/config, ~/.minik8s/admin.kubeconfig.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string?> context = new("--context") { Description = "Context of the kubeconfig.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> space = new("--namespace", "-n") { Description = "Namespace of the request.", HelpName = "NAME", Recursive = true };
    private readonly Option<string?> server = new("--server", "-s")
    {
        Description = "Address of the API server. A http:// address gets no credentials but those named on the command line.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> token = new("--token") { Description = "Bearer token.", HelpName = "TOKEN", Recursive = true };
    private readonly Option<string?> authority = new("--certificate-authority")
    {
        Description = "File with the certificates that may vouch for the server.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> insecure = new("--insecure-skip-tls-verify") { Description = "Accept any certificate of the server.", Recursive = true };

    /// <summary>Where answers go.</summary>
    public Terminal Terminal => terminal;

    /// <summary>Adds the options to the root, for all commands.</summary>
    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { kubeconfig, context, space, server, token, authority, insecure }) root.Add(option);
    }

    /// <summary>What a command works with. Nothing is connected before its first request.</summary>
    /// <exception cref="CommandException">An option's value is wrong.</exception>
    /// <exception cref="KubeConfigException">There is no kubeconfig where one is needed, or it is wrong.</exception>
    public Session Open(ParseResult result)
    {
        var config = Config(result);
        var raw = new RawApiClient(config with { UserAgent = "minik8s-kubectl" });
        var given = result.GetValue(space) is { Length: > 0 } named ? named : null;
        return new Session(raw, new ResourceCatalog(raw), new Place(config.Server, given ?? config.Namespace, given is not null), terminal, TimeProvider.System);
    }

    private ClientConfig Config(ParseResult result)
    {
        var address = result.GetValue(server) is { Length: > 0 } text ? Address(text) : null;
        var config = Base(result, address);
        if (address is not null) config = config with { Server = address };
        if (result.GetValue(authority) is { Length: > 0 } file) config = config with { AuthorityPem = Authority(file), InsecureSkipTlsVerify = false };
        if (result.GetValue(token) is { Length: > 0 } given) config = config with { Token = given, TokenFile = null, Identity = null };
        return result.GetValue(insecure) ? config with { InsecureSkipTlsVerify = true } : config;
    }

    // Credentials that were found, and not named, do not go out in plain text.
    private ClientConfig Base(ParseResult result, Uri? address)
    {
        var (file, name) = (result.GetValue(kubeconfig), result.GetValue(context));
        if (address is not null && string.IsNullOrEmpty(file) && string.IsNullOrEmpty(name) && (address.Scheme == "http" || Found() is null))
        {
            return new ClientConfig { Server = address };
        }

        return ClientConfigs.Load(string.IsNullOrEmpty(file) ? KubeConfigFiles.OwnCluster() : file, name);
    }

    private static KubeConfig? Found() => KubeConfigFiles.Load(KubeConfigFiles.OwnCluster());

    private static Uri Address(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandException($"--server '{text}' is no URL; give https://HOST:PORT");

    private static string Authority(string file)
    {
        var pem = File.ReadAllText(file);
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            if (certificates.Count > 0) return pem;
        }
        catch (CryptographicException)
        {
            // The complaint is the same as where there is none.
        }

        throw new CommandException($"--certificate-authority '{file}' holds no certificate in PEM form");
    }
}
