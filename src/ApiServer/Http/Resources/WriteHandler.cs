using MiniK8s.Api.Decoding;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Cache;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Resources;

/// <summary>Answers creations, updates and patches.</summary>
internal sealed class WriteHandler(TimeProvider clock)
{
    private const string DefaultNamespace = "default";

    /// <summary>Answers a POST. On the short path, without a namespace, the body says where the object belongs.</summary>
    public async Task CreateAsync(HttpContext context, IResourceRegistry registry)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request);
        var options = Options(context.Request);
        var body = await ObjectBodies.ReadAsync(context, registry.Schema);
        var @namespace = registry.Info.Namespaced && request.Namespace.Length == 0 ? NamespaceIn(body) : request.Namespace;
        var outcome = await registry.CreateAsync(registry.Info.Namespaced ? @namespace : "", body, options, context.RequestAborted);
        await AnswerAsync(context, registry, form, outcome);
    }

    /// <summary>Answers a PUT of an object or its status.</summary>
    public async Task UpdateAsync(HttpContext context, IResourceRegistry registry)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request);
        var options = Options(context.Request);
        var body = await ObjectBodies.ReadAsync(context, registry.Schema);
        var outcome = await registry.UpdateAsync(registry.KeyOf(request), request.Subresource == "status", body, options, context.RequestAborted);
        await AnswerAsync(context, registry, form, outcome);
    }

    /// <summary>Answers a PATCH of an object or its status.</summary>
    public async Task PatchAsync(HttpContext context, IResourceRegistry registry)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request);
        var options = Options(context.Request);
        var patch = ObjectPatches.Read(context.Request.ContentType, await BodyReading.ReadAsync(context, context.RequestAborted), registry.Schema);
        var outcome = await registry.PatchAsync(registry.KeyOf(request), request.Subresource == "status", patch, options, context.RequestAborted);
        await AnswerAsync(context, registry, form, outcome);
    }

    /// <summary>Sends the outcome of a write in the form agreed upon.</summary>
    public async Task AnswerAsync(HttpContext context, IResourceRegistry registry, AnswerForm form, WriteOutcome outcome)
    {
        ResponseWriting.AddWarnings(context, outcome.Warnings);
        var json = outcome.Json;
        if (outcome.IsObject && form.View != AnswerView.Object)
            json = ObjectViews.For(registry, form, clock).Render(CachedObject.FromJson(context.GetRequestInfo().Name, json));
        await ResponseWriting.WriteAsync(context, outcome.Code, json, form);
    }

    /// <summary>How a request wants its write done.</summary>
    /// <exception cref="ApiException">422: a parameter has a value that there is not.</exception>
    internal static WriteOptions Options(HttpRequest request)
    {
        var validation = request.Query["fieldValidation"].ToString();
        if (validation is not ("" or "Ignore" or "Warn" or "Strict"))
        {
            throw Refusals.InvalidOptions(
                OptionsKind(request.Method), [FieldError.NotSupported("fieldValidation", validation, ["Ignore", "Strict", "Warn"])]);
        }

        return new WriteOptions
        {
            DryRun = IsDryRun(request, request.Query["dryRun"]!),
            FieldValidation = validation.Length == 0 ? FieldValidation.Warn : Enum.Parse<FieldValidation>(validation),
        };
    }

    /// <summary>Whether a list of dry-run directives asks for one.</summary>
    /// <exception cref="ApiException">422: it says something other than All.</exception>
    internal static bool IsDryRun(HttpRequest request, IEnumerable<string> directives)
    {
        var asked = false;
        foreach (var directive in directives)
        {
            if (directive != "All") throw Refusals.InvalidOptions(OptionsKind(request.Method), [FieldError.NotSupported("dryRun", directive, ["All"])]);
            asked = true;
        }

        return asked;
    }

    private static string NamespaceIn(ParsedBody body) =>
        body.Object["metadata"]?["namespace"] is { } value && value.GetValueKind() == System.Text.Json.JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } name
            ? name
            : DefaultNamespace;

    private static string OptionsKind(string method) => method switch
    {
        "POST" => "CreateOptions",
        "PUT" => "UpdateOptions",
        "DELETE" => "DeleteOptions",
        _ => "PatchOptions",
    };
}
