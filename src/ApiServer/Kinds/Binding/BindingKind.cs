using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Bindings: created only, never stored; <see cref="PodBinding"/> says what one does to its pod.</summary>
internal sealed class BindingKind : ResourceKind<Binding>
{
    public override IEnumerable<FieldError> Validate(Binding value)
    {
        if (value.Target.Kind is not (null or "" or "Node")) yield return FieldError.NotSupported("target.kind", value.Target.Kind, ["Node", "<empty>"]);
        foreach (var error in FieldRules.Reference("target.name", value.Target.Name)) yield return error;
    }
}
