using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Pods.</summary>
internal sealed class PodKind : ResourceKind<Pod>
{
    public override bool HasStatus => true;

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<Column<Pod>> Columns => PodColumns.All;

    public override IReadOnlyDictionary<string, Func<Pod, string>> SelectableFields { get; } = new Dictionary<string, Func<Pod, string>>
    {
        ["spec.nodeName"] = pod => pod.Spec?.NodeName ?? "",
        ["spec.restartPolicy"] = pod => pod.Spec?.RestartPolicy ?? "",
        ["spec.schedulerName"] = pod => pod.Spec?.SchedulerName ?? "",
        ["spec.serviceAccountName"] = pod => pod.Spec?.ServiceAccountName ?? "",
        ["spec.hostNetwork"] = pod => pod.Spec?.HostNetwork == true ? "true" : "false",
        ["status.phase"] = pod => pod.Status?.Phase ?? "",
        ["status.podIP"] = pod => pod.Status?.PodIPs is [var first, ..] ? first.Ip : pod.Status?.PodIP ?? "",
        ["status.nominatedNodeName"] = pod => pod.Status?.NominatedNodeName ?? "",
    };

    public override Pod Default(Pod value) => PodDefaults.Apply(value);

    public override Pod PrepareForCreate(Pod value)
    {
        var spec = PodAdmission.Complete(value.Spec ?? new());
        return value with { Spec = spec, Status = new() { Phase = "Pending", QosClass = PodQuality.Of(spec), Conditions = PodAdmission.Gates(spec) } };
    }

    public override Pod PrepareForUpdate(Pod value, Pod existing) => value with { Status = existing.Status };

    public override Pod PrepareForStatusUpdate(Pod value, Pod existing) => existing with
    {
        Status = (value.Status ?? new()) with { QosClass = value.Status?.QosClass ?? existing.Status?.QosClass },
    };

    public override IEnumerable<FieldError> Validate(Pod value) => PodValidation.Validate(value);

    public override IEnumerable<FieldError> ValidateUpdate(Pod value, Pod existing) => PodUpdateValidation.Validate(value, existing);

    public override IEnumerable<FieldError> ValidateStatusUpdate(Pod value, Pod existing) => PodUpdateValidation.ValidateStatus(value, existing);

    /// <summary>A pod that no kubelet runs, or that ended, goes at once.</summary>
    public override TimeSpan GracePeriod(Pod value, TimeSpan? asked)
    {
        if (string.IsNullOrEmpty(value.Spec?.NodeName) || value.Status?.Phase is "Succeeded" or "Failed") return TimeSpan.Zero;
        var period = asked ?? TimeSpan.FromSeconds(value.Spec.TerminationGracePeriodSeconds ?? 0);
        return period < TimeSpan.Zero ? TimeSpan.FromSeconds(1) : period;
    }
}
