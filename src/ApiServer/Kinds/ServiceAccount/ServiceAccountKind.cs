using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds.Rules;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>ServiceAccounts.</summary>
internal sealed class ServiceAccountKind : ResourceKind<ServiceAccount>
{
    public override bool ReturnsDeletedObject => true;

    public override IReadOnlyList<Column<ServiceAccount>> Columns { get; } =
    [
        CommonColumns.Name<ServiceAccount>(),
        CommonColumns.Of<ServiceAccount>("Secrets", account => (long)account.Secrets.Count),
        CommonColumns.CreationAge<ServiceAccount>(),
    ];

    public override ServiceAccount PrepareForCreate(ServiceAccount value) => OnlySecretNames(value);

    public override ServiceAccount PrepareForUpdate(ServiceAccount value, ServiceAccount existing) => OnlySecretNames(value);

    /// <summary>Secrets are those of the account's own namespace: nothing but the name counts.</summary>
    private static ServiceAccount OnlySecretNames(ServiceAccount account) =>
        account with { Secrets = [.. account.Secrets.Select(secret => new ObjectReference { Name = secret.Name })] };
}
