using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Client.Config;
using MiniK8s.Client.Rest;
using MiniK8s.Proxy.Apply;
using MiniK8s.Proxy.Modes;

namespace MiniK8s.Proxy.Explain;

/// <summary>The command <c>explain</c>: reads the API and the running proxy's options, changes nothing, and needs no root.</summary>
internal sealed class ExplainCommand(ProxyCommandOptions options)
{
    private readonly Argument<string> service = new("SERVICE") { Description = "Name of the Service, or NAMESPACE/NAME.", HelpName = "SERVICE" };
    private readonly Option<string?> space = new("--namespace", "-n") { Description = "Namespace of the Service; else the kubeconfig's, else default.", HelpName = "NAME" };
    private readonly Option<string?> kubeconfig = new("--kubeconfig") { Description = "File with the API server's address and the credentials; else KUBECONFIG, ~/.kube/config, ~/.minik8s/admin.kubeconfig.", HelpName = "FILE" };
    private readonly Option<string?> from = Choice("--from", "Where the packet comes from: pod, node or outside; all three unless given.", "pod", "node", "outside");
    private readonly Option<string?> output = Choice("--output", "How to answer: text or json.", "text", "json");

    public Command Create()
    {
        output.Aliases.Add("-o");
        var command = new Command("explain", "Tells what happens to a packet for a Service on this node, why, and by which rules. What the running proxy works with counts unless given here.")
        {
            service, from, space, output, kubeconfig,
        };
        options.AddQuestionTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        var given = options.Read(result);
        if (given.Validate().ToList() is { Count: > 0 } wrong)
        {
            await error.WriteLineAsync($"error: {string.Join("; ", wrong)}");
            return 2;
        }
        try
        {
            var explanation = await ExplainAsync(result, given, cancellationToken);
            var text = result.GetValue(output) == "json" ? ExplanationJson.Write(explanation) : ExplanationText.Write(explanation);
            await result.InvocationConfiguration.Output.WriteAsync(text);
            return 0;
        }
        catch (Exception e) when (QuestionException.LineFor(e) is not null)
        {
            await error.WriteLineAsync($"error: {QuestionException.LineFor(e)}");
            return e is KubeConfigException ? 2 : 1;
        }
    }

    private async Task<Explanation> ExplainAsync(ParseResult result, ProxyOptions given, CancellationToken cancellationToken)
    {
        var config = ClientConfigs.Load(result.GetValue(kubeconfig) is { Length: > 0 } file ? file : KubeConfigFiles.OwnCluster());
        using var client = new ApiClient(config with { UserAgent = "minik8s-proxy-explain" }, TimeProvider.System);
        var reader = new ClusterReader(client);
        var (settings, knowsNode) = await SettingsReader.ReadAsync(given, options.GivenIn(result), cancellationToken);
        var (nodeName, node) = await reader.ReadNodeAsync(settings.Options.NodeName, knowsNode, cancellationToken);
        settings = settings with { Options = settings.Options with { NodeName = nodeName } };
        var (ofNamespace, name) = Names(result.GetValue(service)!, result.GetValue(space) ?? config.Namespace, result.GetValue(space) is not null);
        var asked = await reader.ReadAsync(ofNamespace, name, node, cancellationToken);
        var mode = ProxyModes.All(settings.Options, new ToolRunner(TimeProvider.System), NullLogger.Instance).FirstOrDefault(mode => mode.Name == settings.Options.Mode);
        return ServiceExplainer.Explain(asked, settings, Origins(result.GetValue(from)), family => mode?.RuleTextOf(family));
    }

    private static (string Namespace, string Name) Names(string text, string otherwise, bool isGiven)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || parts.Any(part => part.Length == 0)) throw new QuestionException($"\"{text}\" is no Service; give NAME or NAMESPACE/NAME");
        if (parts.Length == 1) return (otherwise, text);
        if (isGiven && parts[0] != otherwise) throw new QuestionException($"\"{text}\" is not in the namespace {otherwise} that --namespace names; give one of them");
        return (parts[0], parts[1]);
    }

    private static IReadOnlyList<PacketOrigin> Origins(string? from) => from switch
    {
        "pod" => [PacketOrigin.Pod],
        "node" => [PacketOrigin.Node],
        "outside" => [PacketOrigin.Outside],
        _ => [PacketOrigin.Pod, PacketOrigin.Node, PacketOrigin.Outside],
    };

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !values.Contains(token.Value)) result.AddError($"{name}: \"{token.Value}\" is unknown; give {string.Join(", ", values[..^1])} or {values[^1]}");
        });
        return option;
    }
}
