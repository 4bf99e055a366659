using MiniK8s.Api.Declarations;
using MiniK8s.Api.Errors;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Validation;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Refusals that only a server gives, beside those of <see cref="ApiErrors"/>.</summary>
internal static class Refusals
{
    /// <summary>403: the namespace is being deleted.</summary>
    public static ApiException Terminating(KindInfo resource, string name, string @namespace) => new(new Status
    {
        Outcome = "Failure",
        Code = 403,
        Reason = StatusReasons.Forbidden,
        Message = $"{resource.GroupResource} \"{name}\" is forbidden: unable to create new content in namespace {@namespace} because it is being terminated",
        Details = new StatusDetails
        {
            Name = name,
            Group = resource.Group.Length == 0 ? null : resource.Group,
            Kind = resource.Plural,
            Causes = [new StatusCause { Reason = "NamespaceTerminating", Message = $"namespace {@namespace} is being terminated", Field = "metadata.namespace" }],
        },
    });

    /// <summary>422: the parameters of a request are invalid.</summary>
    public static ApiException InvalidOptions(string kind, IReadOnlyList<FieldError> errors) =>
        ApiErrors.Invalid("meta.k8s.io", kind, "", errors);

    /// <summary>410 for a page whose revision has been compacted away, with a token that goes on with the list as it is now.</summary>
    public static ApiException ContinueExpired(string token)
    {
        var status = ApiErrors.ResourceExpired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue "
            + "parameter, or use the continue token in this response to go on with the list as it is now.").Status;
        return new ApiException(status with { Metadata = new ListMeta { Continue = token } });
    }

    /// <summary>A propagation policy that there is not.</summary>
    public static FieldError UnknownPolicy(string policy) =>
        FieldError.NotSupported("propagationPolicy", policy, ["Background", "Foreground", "Orphan"]);

    /// <summary>Both ways to say what becomes of dependents.</summary>
    public static FieldError TwoPolicies(string policy) =>
        FieldError.Invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set");
}
