using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Http.Resources;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>
/// <c>PUT namespaces/NAME/finalize</c>: the one way to change <c>spec.finalizers</c> of a Namespace. Whoever has emptied a namespace that is
/// being deleted takes its finalizer away here, and with the last one the namespace goes.
/// </summary>
internal sealed class NamespaceFinalizeEndpoint(Registry<Namespace> namespaces) : IApiEndpoint
{
    /// <inheritdoc/>
    public string Group => "";

    /// <inheritdoc/>
    public string Version => "v1";

    /// <inheritdoc/>
    public string Resource => Namespace.Info.Plural;

    /// <inheritdoc/>
    public string Subresource => "finalize";

    /// <inheritdoc/>
    public bool Namespaced => false;

    /// <inheritdoc/>
    public KindInfo Body => Namespace.Info;

    /// <inheritdoc/>
    public Schema? BodySchema { get; } = Schema.Of<Namespace>();

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["update"];

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request, hasViews: false);
        var options = WriteHandler.Options(context.Request);
        var asked = await ObjectBodies.DecodeAsync<Namespace>(context, options);
        if (asked.Metadata.Name is { Length: > 0 } name && name != request.Name)
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
        var rules = new UpdateRules<Namespace>(
            (value, existing) => existing with { Spec = (existing.Spec ?? new NamespaceSpec()) with { Finalizers = value.Spec?.Finalizers ?? [] } },
            (_, _) => [],
            IsWhole: false);
        var outcome = await namespaces.ChangeAsync(new ObjectKey("", request.Name), new UpdateRequest<Namespace>(_ => asked, rules), options, context.RequestAborted);
        ResponseWriting.AddWarnings(context, outcome.Warnings);
        await ResponseWriting.WriteAsync(context, outcome.Code, outcome.Json, form);
    }
}
