using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Names;
using MiniK8s.Api.Networking;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Services: their rules, and the addresses and node ports that each owns alone.</summary>
internal sealed class ServiceKind(ServiceNetwork network) : ResourceKind<Service>
{
    public override bool HasStatus => true;

    public override bool CreatesOnUpdate => true;

    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<Column<Service>> Columns => ServiceColumns.All;

    public override IReadOnlyDictionary<string, Func<Service, string>> SelectableFields { get; } = new Dictionary<string, Func<Service, string>>
    {
        ["spec.clusterIP"] = service => service.Spec?.ClusterIP ?? "",
        ["spec.type"] = service => service.Spec?.Type ?? "",
    };

    public override IEnumerable<string> ValidateName(string name, bool isPrefix) => NameRules.Dns1035Label(NamePrefix.AsName(name, isPrefix));

    public override Service Default(Service value) => ServiceDefaults.Apply(value);

    public override Service PrepareForCreate(Service value) => value with
    {
        Spec = ServiceFamilies.Complete(ServiceUpdate.AlignAddresses(value.Spec ?? new(), null), null, network),
        Status = new() { LoadBalancer = new() },
    };

    public override Service PrepareForUpdate(Service value, Service existing) => ServiceUpdate.Prepare(value, existing, network);

    public override Service PrepareForStatusUpdate(Service value, Service existing) => existing with { Status = value.Status };

    public override IEnumerable<FieldError> Validate(Service value) => ServiceValidation.Validate(value, network);

    public override IEnumerable<FieldError> ValidateUpdate(Service value, Service existing) => ServiceUpdateValidation.Validate(value, existing);

    public override IEnumerable<FieldError> ValidateStatusUpdate(Service value, Service existing) => ServiceUpdateValidation.ValidateStatus(value);

    public override IEnumerable<string> Warnings(Service value) => ServiceWarnings.Of(value);

    public override IReadOnlyList<Claim> Claims(Service value) => ServiceClaims.Of(value);

    public override bool IsComplete(Service value) => ServiceAllocation.IsComplete(value);

    public override Service Preview(Service value, Func<Claim, bool> isClaimed) => ServiceAllocation.Complete(
        value, network, address => isClaimed(ServiceClaims.Of(value, address)), port => isClaimed(ServiceClaims.Of(port)), Random.Shared);
}
