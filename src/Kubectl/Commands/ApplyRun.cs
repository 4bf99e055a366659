using System.Text.Json.Nodes;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Patching;
using MiniK8s.Api.Schemas;
using MiniK8s.Client.Rest;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.Kubectl.Printing;
using MiniK8s.Kubectl.Requests;

namespace MiniK8s.Kubectl.Commands;

/// <summary>
/// Applies one manifest: creates what is not there; else sends the difference between what was applied last, what is wanted and
/// what is there, so that fields which others set stay theirs (client-side apply of kubectl).
/// </summary>
internal sealed class ApplyRun(Session session, DryRun dryRun, OutcomePrinter printer)
{
    private const int Tries = 5;
    private const string Query = "?fieldManager=kubectl-client-side-apply&fieldValidation=Strict";

    /// <summary>Applies and says what came of it: created, configured or unchanged.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="PatchException">The manifest cannot be compared with what is there.</exception>
    /// <exception cref="CommandException">The manifest cannot be applied.</exception>
    public async Task ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var kind = await session.Catalog.OfManifestAsync(manifest, cancellationToken);
        if (manifest.Name.Length == 0) throw new CommandException("cannot use generate name with apply; use create");
        var wanted = LastApplied.Annotate(manifest.Object, session.NamespaceOf(manifest, kind));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (outcome, answer) = await OnceAsync(kind, manifest, wanted, cancellationToken);
                printer.Print(kind, outcome + dryRun.Suffix, answer);
                return;
            }
            catch (ApiException error) when (attempt < Tries && (error.IsConflict || error.IsAlreadyExists))
            {
                // Somebody changed the object between our read and our write: compare anew.
            }
        }
    }

    private async Task<(string Outcome, JsonObject Answer)> OnceAsync(KindInfo kind, Manifest manifest, JsonObject wanted, CancellationToken cancellationToken)
    {
        var path = session.Path(kind, manifest.Name, manifest.Namespace);
        if (await session.FindAsync(path, cancellationToken) is not { } current)
        {
            var collection = session.Collection(kind, manifest.Namespace);
            return ("created", dryRun.IsClient ? wanted : await session.SendAsync(HttpMethod.Post, dryRun.Query(collection + Query), wanted, cancellationToken));
        }

        var original = LastApplied.Of(current);
        if (original is null) await WarnAsync(kind, manifest.Name);
        var (patch, mediaType) = Difference(kind, original ?? [], wanted, current);
        if (patch.Count == 0) return ("unchanged", current);
        if (dryRun.IsClient) return ("configured", wanted);
        var answer = await session.SendAsync(HttpMethod.Patch, dryRun.Query(path + Query), patch, cancellationToken, mediaType);
        return ("configured", answer);
    }

    private Task WarnAsync(KindInfo kind, string name) => session.Terminal.Error.WriteLineAsync(
        $"Warning: resource {kind.GroupResource}/{name} was not made by apply: it lacks the {LastApplied.Annotation} annotation, which is added now. What it has beside the file stays.");

    // Kinds whose declaration is known merge lists by their keys; of others nothing is known, and lists are replaced whole.
    private static (JsonObject Patch, string MediaType) Difference(KindInfo kind, JsonObject original, JsonObject wanted, JsonObject current) =>
        ApiKinds.Table.ByKind(kind.Group, kind.Version, kind.Kind) is { } known
            ? (StrategicDiff.CreateThreeWay(original, wanted, current, known.Schema), PatchTypes.StrategicMerge)
            : (JsonMergePatch.CreateThreeWay(original, wanted, current), PatchTypes.Merge);
}
