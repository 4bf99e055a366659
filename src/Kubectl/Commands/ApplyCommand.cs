using System.CommandLine;
using MiniK8s.Kubectl.CommandLine;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>apply</c>: makes objects as their manifests say, whether they are there or not.</summary>
internal static class ApplyCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var (files, dryRun, outcomes) = (new ManifestOptions(), new DryRunOption(), new OutcomeOption());
        var command = new CommandWithExamples(
            "apply", "Create or change objects so that they are as files say. What others set in them stays.",
            "kubectl apply -f service.yaml", "kubectl apply -f examples/ -n demo", "cat service.yaml | kubectl apply -f -");
        files.AddTo(command);
        dryRun.AddTo(command);
        outcomes.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var manifests = await files.ReadAsync(result, globals.Terminal.Input, cancellationToken);
            using var session = globals.Open(result);
            var printer = outcomes.Printer(result, session.Terminal.Output);
            var run = new ApplyRun(session, dryRun.Read(result), printer);
            var code = await Batch.RunAsync(manifests, session.Terminal, manifest => run.ApplyAsync(manifest, cancellationToken), manifest => $"applying {manifest.Where}");
            printer.End();
            return code;
        });
        return command;
    }
}
