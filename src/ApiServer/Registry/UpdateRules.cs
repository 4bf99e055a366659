using MiniK8s.Api.Declarations;
using MiniK8s.Api.Validation;

namespace MiniK8s.ApiServer.Registry;

/// <summary>Which part of an object an update may change, and what it must keep to.</summary>
/// <param name="Prepare">From (asked, existing) the object to store.</param>
/// <param name="Validate">From (new, existing) what is wrong.</param>
/// <param name="IsWhole">Whether this is the object itself and not a subresource: then defaults apply and the generation counts.</param>
internal sealed record UpdateRules<T>(Func<T, T, T> Prepare, Func<T, T, IEnumerable<FieldError>> Validate, bool IsWhole)
    where T : class, IResource<T>
{
    /// <summary>The object itself.</summary>
    public static UpdateRules<T> ForObject(ResourceKind<T> kind) => new(
        (value, existing) => kind.Default(kind.PrepareForUpdate(kind.Default(value), existing)),
        (value, existing) => [.. kind.Validate(value), .. kind.ValidateUpdate(value, existing)],
        IsWhole: true);

    /// <summary>The status subresource.</summary>
    public static UpdateRules<T> ForStatus(ResourceKind<T> kind) => new(
        (value, existing) => kind.PrepareForStatusUpdate(value, existing), kind.ValidateStatusUpdate, IsWhole: false);
}

/// <summary>One update: what to make of the object, whatever it is when the write takes place.</summary>
/// <param name="Change">The new object, given the stored one. Called again when another write comes between.</param>
/// <param name="Rules">What the change may touch.</param>
internal sealed record UpdateRequest<T>(Func<StoredObject<T>, T> Change, UpdateRules<T> Rules) where T : class, IResource<T>
{
    /// <summary>The object to create where there is none; null answers 404 then.</summary>
    public Func<T>? WhenAbsent { get; init; }
}
