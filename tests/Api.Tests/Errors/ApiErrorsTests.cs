using System.Text;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Decoding;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Validation;

namespace MiniK8s.Api.Tests.Errors;

public class ApiErrorsTests
{
    [Fact]
    public void Shapes_are_those_of_Kubernetes()
    {
        Assert.Equal(
            """{"apiVersion":"v1","code":404,"details":{"kind":"services","name":"nope"},"kind":"Status","message":"services \"nope\" not found","metadata":{},"reason":"NotFound","status":"Failure"}""",
            Text(ApiErrors.NotFound(Service.Info, "nope")));
        Assert.Equal(
            """{"apiVersion":"v1","code":409,"details":{"kind":"services","name":"web"},"kind":"Status","message":"Operation cannot be fulfilled on services \"web\": the object has been modified; please apply your changes to the latest version and try again","metadata":{},"reason":"Conflict","status":"Failure"}""",
            Text(ApiErrors.Conflict(Service.Info, "web")));
        Assert.Equal(
            """{"apiVersion":"v1","code":401,"kind":"Status","message":"Unauthorized","metadata":{},"reason":"Unauthorized","status":"Failure"}""",
            Text(ApiErrors.Unauthorized()));
    }

    [Fact]
    public void Wrong_fields_become_causes_and_one_message()
    {
        var one = ApiErrors.Invalid(EndpointSlice.Info, "s2", FieldError.Duplicate("ports[1].name", "a"));
        Assert.Equal("EndpointSlice.discovery.k8s.io \"s2\" is invalid: ports[1].name: Duplicate value: \"a\"", one.Message);
        Assert.Equal(("discovery.k8s.io", "EndpointSlice", "s2", 422), (one.Status.Details!.Group, one.Status.Details.Kind, one.Status.Details.Name, one.Code));
        var two = ApiErrors.Invalid(Service.Info, "web", FieldError.Required("spec.ports[0].name"), FieldError.Required("spec.ports[1].name"));
        Assert.Equal("Service \"web\" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]", two.Message);
        Assert.Equal(["spec.ports[0].name", "spec.ports[1].name"], two.Status.Details!.Causes.Select(cause => cause.Field));
        Assert.All(two.Status.Details.Causes, cause => Assert.Equal(("FieldValueRequired", "Required value"), (cause.Reason, cause.Message)));
        Assert.Equal(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
            ApiErrors.Invalid("meta.k8s.io", "PatchOptions", "", FieldError.Required("fieldManager", "is required for apply patch")).Message);
    }

    [Fact]
    public void Denials_name_user_verb_resource_and_place()
    {
        var denial = new Denial("system:anonymous", "list", "", "services") { Namespace = "default" };
        Assert.Equal("services is forbidden: User \"system:anonymous\" cannot list resource \"services\" in API group \"\" in the namespace \"default\"", ApiErrors.Forbidden(denial).Message);
        Assert.Equal(
            "leases.coordination.k8s.io \"a\" is forbidden: User \"u\" cannot get resource \"leases/status\" in API group \"coordination.k8s.io\" at the cluster scope: no",
            ApiErrors.Forbidden(new Denial("u", "get", "coordination.k8s.io", "leases") { Name = "a", Subresource = "status", Reason = "no" }).Message);
        Assert.Equal("namespaces \"kube-system\" is forbidden: this namespace may not be deleted", ApiErrors.Forbidden(Namespace.Info, "kube-system", "this namespace may not be deleted").Message);
        Assert.Equal("forbidden: User \"u\" cannot get path \"/x\"", ApiErrors.ForbiddenPath("u", "get", "/x").Message);
    }

    [Fact]
    public void An_undecodable_body_names_the_kind() => Assert.Equal(
        "Service in version \"v1\" cannot be handled as a Service: strict decoding error: duplicate field \"spec.type\"",
        ApiErrors.Undecodable(Service.Info, new DecodingException("strict decoding error: duplicate field \"spec.type\"")).Message);

    [Fact]
    public void Every_refusal_has_code_and_reason()
    {
        (ApiException Error, int Code, string Reason)[] table =
        [
            (ApiErrors.NoSuchPath(), 404, "NotFound"),
            (ApiErrors.AlreadyExists(Service.Info, "a"), 409, "AlreadyExists"),
            (ApiErrors.BadRequest("x"), 400, "BadRequest"),
            (ApiErrors.MethodNotSupported(Service.Info, "patch"), 405, "MethodNotAllowed"),
            (ApiErrors.MethodNotAllowed(), 405, "MethodNotAllowed"),
            (ApiErrors.NotAcceptable("application/json"), 406, "NotAcceptable"),
            (ApiErrors.UnsupportedMediaType("text/html", "application/json"), 415, "UnsupportedMediaType"),
            (ApiErrors.RequestEntityTooLarge("limit is 3145728"), 413, "RequestEntityTooLarge"),
            (ApiErrors.ResourceExpired("x"), 410, "Expired"),
            (ApiErrors.TooOldResourceVersion(1, 5), 410, "Expired"),
            (ApiErrors.TooLargeResourceVersion(9, 5, 1), 504, "Timeout"),
            (ApiErrors.TooManyRequests("x", 1), 429, "TooManyRequests"),
            (ApiErrors.Timeout("x"), 504, "Timeout"),
            (ApiErrors.ServerTimeout(Service.Info, "list", 1), 500, "ServerTimeout"),
            (ApiErrors.InternalError("x"), 500, "InternalError"),
            (ApiErrors.ServiceUnavailable("x"), 503, "ServiceUnavailable"),
        ];
        Assert.All(table, row => Assert.Equal((row.Code, row.Reason, "Failure"), (row.Error.Code, row.Error.Reason, row.Error.Status.Outcome)));
        Assert.Equal(7, ApiErrors.TooManyRequests("x", 7).Status.Details!.RetryAfterSeconds);
        Assert.Equal("too old resource version: 1 (5)", ApiErrors.TooOldResourceVersion(1, 5).Message);
    }

    private static string Text(ApiException error) => Encoding.UTF8.GetString(ApiSerializer.Serialize(error.Status));
}
