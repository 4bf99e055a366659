using System.CommandLine;
using System.Text.Json.Nodes;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>create</c>: makes objects that must not be there yet.</summary>
internal static class CreateCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var (files, dryRun, outcomes) = (new ManifestOptions(), new DryRunOption(), new OutcomeOption());
        var command = new CommandWithExamples(
            "create", "Create objects that are not there yet.",
            "kubectl create -f service.yaml", "kubectl create -f service.yaml --dry-run=server -o yaml", "kubectl create namespace demo")
        {
            Namespace(globals),
        };
        files.AddTo(command);
        dryRun.AddTo(command);
        outcomes.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var manifests = await files.ReadAsync(result, globals.Terminal.Input, cancellationToken);
            using var session = globals.Open(result);
            var printer = outcomes.Printer(result, session.Terminal.Output);
            var run = new CreateRun(session, dryRun.Read(result), printer);
            var code = await Batch.RunAsync(manifests, session.Terminal, manifest => run.CreateAsync(manifest, cancellationToken), manifest => $"creating {manifest.Where}");
            printer.End();
            return code;
        });
        return command;
    }

    private static CommandWithExamples Namespace(GlobalOptions globals)
    {
        var name = Words.One("NAME", "The namespace's name.");
        var (dryRun, outcomes) = (new DryRunOption(), new OutcomeOption());
        var command = new CommandWithExamples("namespace", "Create a namespace.", "kubectl create namespace demo") { name };
        command.Aliases.Add("ns");
        dryRun.AddTo(command);
        outcomes.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var printer = outcomes.Printer(result, session.Terminal.Output);
            var value = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = result.GetValue(name) } };
            await new CreateRun(session, dryRun.Read(result), printer).CreateAsync(Manifest.Of(value, "create namespace"), cancellationToken);
            printer.End();
            return 0;
        });
        return command;
    }
}
