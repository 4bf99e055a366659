using System.CommandLine;
using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary><c>create</c>: makes objects that must not be there yet.</summary>
internal static class CreateCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        var files = new ManifestOptions();
        var dryRun = new DryRunOption();
        var command = new Command("create", "Create objects that are not there yet.") { Namespace(globals) };
        files.AddTo(command);
        dryRun.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var manifests = await files.ReadAsync(result, session.Terminal.Input, cancellationToken);
            return await Batch.RunAsync(manifests, session.Terminal, manifest => CreateAsync(session, manifest, dryRun.Read(result), cancellationToken));
        });
        return command;
    }

    private static Command Namespace(GlobalOptions globals)
    {
        var name = new Argument<string>("NAME") { Description = "The namespace's name." };
        var dryRun = new DryRunOption();
        var command = new Command("namespace", "Create a namespace.") { name };
        command.Aliases.Add("ns");
        dryRun.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var session = globals.Open(result);
            var value = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = result.GetValue(name) } };
            await CreateAsync(session, Manifest.Of(value, "create namespace"), dryRun.Read(result), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task CreateAsync(Session session, Manifest manifest, DryRun dryRun, CancellationToken cancellationToken)
    {
        var kind = await session.Catalog.OfManifestAsync(manifest.ApiVersion, manifest.Kind, cancellationToken);
        var path = $"{session.Path(kind, null, manifest.Namespace)}?fieldManager=kubectl-create&fieldValidation=Strict";
        var answer = dryRun.IsClient ? manifest.Object : await session.SendAsync(HttpMethod.Post, dryRun.Query(path), manifest.Object, cancellationToken);
        var name = (string?)answer["metadata"]?["name"] ?? manifest.Name;
        await session.Terminal.Output.WriteLineAsync($"{Names.Of(kind, name)} created{dryRun.Suffix}");
    }
}
