using MiniK8s.Api.Errors;

namespace MiniK8s.ControllerManager.Facts;

/// <summary>Refusals of the API that a controller expects.</summary>
internal static class RefusalFacts
{
    extension(ApiException refusal)
    {
        /// <summary>The namespace is being deleted: what was to be made in it is not wanted any more.</summary>
        public bool IsNamespaceTerminating =>
            refusal.Code == 403 && refusal.Status.Details?.Causes.Any(cause => cause.Reason == "NamespaceTerminating") == true;

        /// <summary>The object breaks a rule; the causes name the fields.</summary>
        public bool IsInvalid => refusal.Code == 422;
    }
}
