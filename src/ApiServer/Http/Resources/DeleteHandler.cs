using MiniK8s.Api;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Answers deletions of one object and of collections.</summary>
internal sealed class DeleteHandler(WriteHandler writes)
{
    private static readonly Schema OptionsSchema = Schema.Of<DeleteOptions>();

    /// <summary>Answers the deletion of one object.</summary>
    public async Task DeleteAsync(HttpContext context, IResourceRegistry registry)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request);
        var (options, dryRun) = await OptionsAsync(context);
        await writes.AnswerAsync(context, registry, form, await registry.DeleteAsync(registry.KeyOf(request), options, dryRun, context.RequestAborted));
    }

    /// <summary>Answers the deletion of all objects that the selectors select; the answer lists them.</summary>
    public async Task DeleteCollectionAsync(HttpContext context, IResourceRegistry registry)
    {
        var form = AnswerForm.Negotiate(context.Request);
        var (options, dryRun) = await OptionsAsync(context);
        var parameters = ListParameters.Of(context.Request, isWatch: false);
        var page = await ListHandler.ReadAsync(registry, context.GetRequestInfo(), parameters, context.RequestAborted);
        foreach (var item in page.Items)
        {
            var key = new ObjectKey(item.Namespace.ToString(), item.Name.ToString());
            try
            {
                await registry.DeleteAsync(key, options, dryRun, context.RequestAborted);
            }
            catch (ApiException problem) when (problem.IsNotFound)
            {
                // Somebody else was faster.
            }
        }

        await ListHandler.AnswerAsync(context, new PlainView(registry.Info), form, page);
    }

    /// <summary>The options, from the body where there is one, else from the query.</summary>
    private static async Task<(DeleteOptions Options, bool DryRun)> OptionsAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var body = await BodyReading.ReadAsync(context, context.RequestAborted);
        var options = body.IsEmpty
            ? new DeleteOptions
            {
                GracePeriodSeconds = QueryParameters.Number(query, "gracePeriodSeconds"),
                PropagationPolicy = query.TryGetValue("propagationPolicy", out var policy) ? policy.ToString() : null,
                OrphanDependents = QueryParameters.Boolean(query, "orphanDependents"),
            }
            : ObjectDecoder.Typed<DeleteOptions>(ObjectDecoder.Check(
                ObjectBodies.Read(context.Request.ContentType, body, OptionsSchema), OptionsSchema, FieldValidation.Ignore).Object);
        return (options, WriteHandler.IsDryRun(context.Request, [.. options.DryRun, .. query["dryRun"]!]));
    }
}
