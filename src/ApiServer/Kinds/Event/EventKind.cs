using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Events, in their old form (firstTimestamp, count) and their new one (eventTime, series).</summary>
internal sealed class EventKind : ResourceKind<Event>
{
    private static readonly string[] Types = ["Normal", "Warning"];

    public override bool CreatesOnUpdate => true;

    public override IReadOnlyList<Column<Event>> Columns => EventColumns.All;

    public override IReadOnlyDictionary<string, Func<Event, string>> SelectableFields { get; } = new Dictionary<string, Func<Event, string>>
    {
        ["involvedObject.kind"] = value => value.InvolvedObject.Kind ?? "",
        ["involvedObject.namespace"] = value => value.InvolvedObject.Namespace ?? "",
        ["involvedObject.name"] = value => value.InvolvedObject.Name ?? "",
        ["involvedObject.uid"] = value => value.InvolvedObject.Uid ?? "",
        ["involvedObject.apiVersion"] = value => value.InvolvedObject.ApiVersion ?? "",
        ["involvedObject.resourceVersion"] = value => value.InvolvedObject.ResourceVersion ?? "",
        ["involvedObject.fieldPath"] = value => value.InvolvedObject.FieldPath ?? "",
        ["reason"] = value => value.Reason ?? "",
        ["reportingComponent"] = value => value.ReportingComponent ?? "",
        ["source"] = value => value.Source?.Component is { Length: > 0 } component ? component : value.ReportingComponent ?? "",
        ["type"] = value => value.Type ?? "",
    };

    public override IEnumerable<FieldError> Validate(Event value)
    {
        if (!AgreesOnNamespace(value))
            yield return FieldError.Invalid("involvedObject.namespace", value.InvolvedObject.Namespace ?? "", "does not match event.namespace");
        if (value.EventTime is null) yield break;
        foreach (var error in NewForm(value)) yield return error;
    }

    /// <summary>Events of objects without a namespace live in <c>default</c>.</summary>
    private static bool AgreesOnNamespace(Event value) => string.IsNullOrEmpty(value.InvolvedObject.Namespace)
        ? value.Metadata.Namespace is null or "" or "default" or "kube-system"
        : value.InvolvedObject.Namespace == value.Metadata.Namespace;

    private static IEnumerable<FieldError> NewForm(Event value)
    {
        if (string.IsNullOrEmpty(value.ReportingComponent)) yield return FieldError.Required("reportingController");
        else foreach (var error in FieldRules.QualifiedName("reportingController", value.ReportingComponent)) yield return error;
        if (string.IsNullOrEmpty(value.ReportingInstance)) yield return FieldError.Required("reportingInstance");
        else if (value.ReportingInstance.Length > 128) yield return FieldError.Invalid("reportingInstance", value.ReportingInstance, "can have at most 128 characters");
        if (string.IsNullOrEmpty(value.Action)) yield return FieldError.Required("action");
        if (string.IsNullOrEmpty(value.Reason)) yield return FieldError.Required("reason");
        foreach (var error in FieldRules.OneOf("type", value.Type, Types)) yield return error;
    }
}
