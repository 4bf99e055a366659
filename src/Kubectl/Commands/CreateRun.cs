using System.Text.Json.Nodes;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>Creates what manifests describe.</summary>
internal sealed class CreateRun(Session session, DryRun dryRun, OutcomePrinter printer)
{
    /// <summary>Creates one object and says so.</summary>
    /// <exception cref="Api.Errors.ApiException">The server refused.</exception>
    /// <exception cref="CommandException">The manifest does not fit the server or the command line.</exception>
    public async Task CreateAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var kind = await session.Catalog.OfManifestAsync(manifest, cancellationToken);
        var path = $"{session.Collection(kind, session.NamespaceOf(manifest, kind))}?fieldManager=kubectl-create&fieldValidation=Strict";
        JsonObject answer = dryRun.IsClient ? manifest.Object : await session.SendAsync(HttpMethod.Post, dryRun.Query(path), manifest.Object, cancellationToken);
        printer.Print(kind, $"created{dryRun.Suffix}", answer);
    }
}
