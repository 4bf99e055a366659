using MiniK8s.Api.Declarations;
using MiniK8s.Api.Validation;
using MiniK8s.Api.Values;

namespace MiniK8s.ApiServer.Registry;

/// <summary>
/// Everything the API server knows of one kind beyond its fields. One subclass per kind, in Kinds/; nothing generic knows a
/// kind's name. All members are pure: they neither read the store nor the clock, and the same arguments give the same answer.
/// </summary>
/// <remarks>
/// The pipeline of a write: strict decoding, <see cref="Default"/>, <see cref="PrepareForCreate"/> or
/// <see cref="PrepareForUpdate"/>, <see cref="Default"/> again, metadata rules, <see cref="Validate"/> (and
/// <see cref="ValidateUpdate"/>), <see cref="Claims"/>, one store transaction, then, where <see cref="IsComplete"/> says no, a
/// bounded wait for the controller that completes the object.
/// </remarks>
public abstract class ResourceKind<T> where T : class, IResource<T>
{
    /// <summary>The names of the kind.</summary>
    public KindInfo Info => T.Info;

    /// <summary>Whether there is a status subresource; then status is written only through it, and spec only beside it.</summary>
    public virtual bool HasStatus => false;

    /// <summary>Whether a change of the spec increments <c>metadata.generation</c> (not so for Services, Namespaces and the like).</summary>
    public virtual bool HasGeneration => false;

    /// <summary>Whether PUT may create (Kubernetes: Leases, Events, Endpoints, Services no; see AllowCreateOnUpdate of each strategy).</summary>
    public virtual bool CreatesOnUpdate => false;

    /// <summary>Whether PUT without resourceVersion overwrites (AllowUnconditionalUpdate of each strategy).</summary>
    public virtual bool AllowsUnconditionalUpdate => true;

    /// <summary>Rules for the object's name; null means DNS-1123 subdomain. Service: DNS-1035 label.</summary>
    public virtual IEnumerable<string>? ValidateName(string name, bool isPrefix) => null;

    /// <summary>Fills in what the client left out (SetDefaults_X of Kubernetes). Idempotent.</summary>
    public virtual T Default(T value) => value;

    /// <summary>Removes what a client may not set at creation, such as status, and sets what the server sets.</summary>
    public virtual T PrepareForCreate(T value) => value;

    /// <summary>Carries over from <paramref name="existing"/> what an update of the spec may not touch or may leave out.</summary>
    public virtual T PrepareForUpdate(T value, T existing) => value;

    /// <summary>Takes only the status from <paramref name="value"/>, all else from <paramref name="existing"/>.</summary>
    public virtual T PrepareForStatusUpdate(T value, T existing) => value;

    /// <summary>What is wrong with the object as such. Metadata is checked elsewhere.</summary>
    public virtual IEnumerable<FieldError> Validate(T value) => [];

    /// <summary>What is wrong with the change. <see cref="Validate"/> has run on <paramref name="value"/> already.</summary>
    public virtual IEnumerable<FieldError> ValidateUpdate(T value, T existing) => [];

    /// <summary>What is wrong with the change of the status.</summary>
    public virtual IEnumerable<FieldError> ValidateStatusUpdate(T value, T existing) => [];

    /// <summary>Texts for <c>Warning</c> headers at create and update.</summary>
    public virtual IEnumerable<string> Warnings(T value) => [];

    /// <summary>
    /// What the object owns that no other may own, such as a ClusterIP. Each becomes a key of the store, written and removed in
    /// the object's own transaction.
    /// </summary>
    public virtual IReadOnlyList<Claim> Claims(T value) => [];

    /// <summary>Whether controllers have given the object all that a client expects in the answer to its write.</summary>
    public virtual bool IsComplete(T value) => true;

    /// <summary>
    /// For a dry run of an incomplete object: the object as it may come to look. <paramref name="isClaimed"/> tells whether a claim
    /// is taken at this moment.
    /// </summary>
    public virtual T Preview(T value, Func<Claim, bool> isClaimed) => value;

    /// <summary>
    /// How long a deletion waits for the object's owner, given what the client asked for (null: nothing); zero deletes at once.
    /// Pods wait for their kubelet.
    /// </summary>
    public virtual TimeSpan GracePeriod(T value, TimeSpan? asked) => TimeSpan.Zero;

    /// <summary>The object as its deletion begins, such as a Namespace in phase Terminating. The deletion timestamp is set already.</summary>
    public virtual T PrepareForDeletion(T value) => value;

    /// <summary>
    /// Whether something beside <c>metadata.finalizers</c> keeps a deleted object, such as <c>spec.finalizers</c> of a Namespace.
    /// It goes when neither is left.
    /// </summary>
    public virtual bool HoldsDeletion(T value) => false;

    /// <summary>Why the object may not be deleted at all (a 403), or null. Kubernetes protects some Namespaces so.</summary>
    public virtual string? RefusesDeletion(T value) => null;

    /// <summary>Whether the answer to a deletion is the deleted object and not a Status (ReturnDeletedObject of each registry: Pods, Services, ServiceAccounts).</summary>
    public virtual bool ReturnsDeletedObject => false;

    /// <summary>Whether a whole collection may be deleted by one request.</summary>
    public virtual bool DeletesCollections => true;

    /// <summary>The fields, beside metadata.name and metadata.namespace, that field selectors know; values as text, empty for none.</summary>
    public virtual IReadOnlyDictionary<string, Func<T, string>> SelectableFields { get; } = new Dictionary<string, Func<T, string>>();

    /// <summary>The columns of a Table. The default is Name and Age ("Created At" in Kubernetes' generic printer).</summary>
    public virtual IReadOnlyList<Column<T>> Columns { get; } =
    [
        new("Name", "string", "name", 0, (value, _) => value.Metadata.Name ?? ""),
        new("Age", "string", "", 0, (value, now) => Age.Of(value.Metadata.CreationTimestamp, now)),
    ];
}

/// <summary>Something that one object owns alone in the cluster.</summary>
/// <param name="Key">The end of the store key, such as <c>clusterips/10.96.0.10</c> or <c>nodeports/30080</c>.</param>
/// <param name="WhenTaken">The error for a client whose object asks for what another owns.</param>
public sealed record Claim(string Key, FieldError WhenTaken);

/// <summary>A column of a Table.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">The OpenAPI type: string, integer, ...</param>
/// <param name="Format"><c>name</c> for the name column, else empty.</param>
/// <param name="Priority">0 is always shown; more only in wide output.</param>
/// <param name="Value">The cell, given the object and the time for ages: a string, a number or a bool.</param>
public sealed record Column<T>(string Name, string Type, string Format, int Priority, Func<T, DateTimeOffset, object> Value);
