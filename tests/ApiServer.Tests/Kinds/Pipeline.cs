using MiniK8s.Api.Declarations;
using MiniK8s.Api.Serialization;
using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>The part of a write that kinds decide, in the order in which the server goes through it.</summary>
internal static class Pipeline
{
    public static T Read<T>(string json) => ApiSerializer.Deserialize<T>(System.Text.Encoding.UTF8.GetBytes(json));

    public static (T Value, IReadOnlyList<FieldError> Errors) Create<T>(this ResourceKind<T> kind, T value) where T : class, IResource<T>
    {
        value = kind.Default(kind.PrepareForCreate(kind.Default(value)));
        return (value, [.. kind.Validate(value)]);
    }

    public static (T Value, IReadOnlyList<FieldError> Errors) Update<T>(this ResourceKind<T> kind, T value, T existing) where T : class, IResource<T>
    {
        value = kind.Default(kind.PrepareForUpdate(kind.Default(value), existing));
        return (value, [.. kind.Validate(value), .. kind.ValidateUpdate(value, existing)]);
    }

    public static T Created<T>(this ResourceKind<T> kind, T value) where T : class, IResource<T>
    {
        var (created, errors) = kind.Create(value);
        Assert.Empty(errors);
        return created;
    }

    /// <summary>The cells of a Table's row by heading.</summary>
    public static Dictionary<string, object> Row<T>(this ResourceKind<T> kind, T value, DateTimeOffset? now = null) where T : class, IResource<T> =>
        kind.Columns.ToDictionary(column => column.Name, column => column.Value(value, now ?? DateTimeOffset.UnixEpoch));

    /// <summary>Errors as <c>field: message</c>, in order.</summary>
    public static string[] Lines(this IEnumerable<FieldError> errors) => [.. errors.Select(error => error.ToString())];
}
