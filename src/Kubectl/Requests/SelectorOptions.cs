using System.CommandLine;

namespace MiniK8s.Kubectl.Requests;

/// <summary>The options that narrow a collection.</summary>
internal sealed class SelectorOptions
{
    private readonly Option<string?> labels = new("--selector", "-l") { Description = "Only objects with these labels, such as app=web,tier!=cache.", HelpName = "SELECTOR" };
    private readonly Option<string?> fields = new("--field-selector") { Description = "Only objects with these fields, such as spec.nodeName=n1.", HelpName = "SELECTOR" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(labels);
        command.Add(fields);
    }

    /// <summary>The query of a request, without the question mark; empty when neither was given.</summary>
    public string Query(ParseResult result)
    {
        var parts = new List<string>();
        if (result.GetValue(labels) is { Length: > 0 } label) parts.Add($"labelSelector={Uri.EscapeDataString(label)}");
        if (result.GetValue(fields) is { Length: > 0 } field) parts.Add($"fieldSelector={Uri.EscapeDataString(field)}");
        return string.Join('&', parts);
    }
}
