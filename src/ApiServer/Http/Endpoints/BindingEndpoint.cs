using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Validation;
using MiniK8s.Api.Schemas;
using MiniK8s.ApiServer.Http.Negotiation;
using MiniK8s.ApiServer.Http.Resources;
using MiniK8s.ApiServer.Kinds;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Http.Endpoints;

/// <summary>Binds a pod to a node: <c>POST pods/NAME/binding</c>, or <c>POST bindings</c> with the pod's name in the body. Only once for each pod.</summary>
/// <param name="pods">The pods.</param>
/// <param name="subresource"><c>binding</c> of pods, or empty for the resource <c>bindings</c>.</param>
/// <param name="clock">Time.</param>
internal sealed class BindingEndpoint(Registry<Pod> pods, string subresource, TimeProvider clock) : IApiEndpoint
{
    private static readonly BindingKind Rules = new();

    /// <inheritdoc/>
    public string Group => "";

    /// <inheritdoc/>
    public string Version => "v1";

    /// <inheritdoc/>
    public string Resource => subresource.Length == 0 ? Binding.Info.Plural : Pod.Info.Plural;

    /// <inheritdoc/>
    public string Subresource => subresource;

    /// <inheritdoc/>
    public bool Namespaced => true;

    /// <inheritdoc/>
    public KindInfo Body => Binding.Info;

    /// <inheritdoc/>
    public Schema? BodySchema { get; } = Schema.Of<Binding>();

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["create"];

    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.GetRequestInfo();
        var form = AnswerForm.Negotiate(context.Request, hasViews: false);
        var options = WriteHandler.Options(context.Request);
        var binding = await ObjectBodies.DecodeAsync<Binding>(context, options);
        var name = request.Name.Length > 0 ? request.Name : binding.Metadata.Name ?? "";
        Check(binding, request, name);
        var change = new UpdateRequest<Pod>(existing => Bind(existing.Value, binding), new UpdateRules<Pod>((value, _) => value, (_, _) => [], IsWhole: false));
        await pods.ChangeAsync(new ObjectKey(request.Namespace, name), change, options, context.RequestAborted);
        await ResponseWriting.WriteAsync(context, StatusCodes.Status201Created, ApiSerializer.Serialize(new Status { Outcome = "Success", Code = 201 }), form);
    }

    private static void Check(Binding binding, RequestInfo request, string name)
    {
        if (binding.Metadata.Namespace is { Length: > 0 } @namespace && @namespace != request.Namespace)
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        if (binding.Metadata.Name is { Length: > 0 } named && named != name)
            throw ApiErrors.BadRequest($"the name of the object ({named}) does not match the name on the URL ({name})");
        List<FieldError> errors = [.. Rules.Validate(binding)];
        if (errors.Count > 0) throw ApiErrors.Invalid(Binding.Info, name, errors);
    }

    private Pod Bind(Pod pod, Binding binding)
    {
        if (binding.Metadata.Uid is { Length: > 0 } uid && uid != pod.Metadata.Uid)
            throw Refused(pod, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {pod.Metadata.Uid}");
        return PodBinding.Objection(pod) is { } objection ? throw Refused(pod, objection) : PodBinding.Apply(pod, binding, clock.GetUtcNow());
    }

    private static ApiException Refused(Pod pod, string why) =>
        ApiErrors.Conflict(new KindInfo("", "v1", "Pod", "pods/binding", "pod", Namespaced: true), pod.Metadata.Name!, why);
}
