namespace MiniK8s.Api.Validation;

/// <summary>One thing that is wrong with a field (apimachinery's field.Error). Several make a 422 with their causes.</summary>
/// <param name="Reason">One of the cause reasons of <see cref="FieldErrorReasons"/>.</param>
/// <param name="Field">The path, such as <c>spec.ports[0].nodePort</c>.</param>
/// <param name="Message">As Kubernetes words it, such as <c>Invalid value: 70000: must be between 1 and 65535, inclusive</c>.</param>
public sealed record FieldError(string Reason, string Field, string Message)
{
    /// <summary>A value that is needed and not there.</summary>
    public static FieldError Required(string field, string detail = "") =>
        new(FieldErrorReasons.Required, field, Join("Required value", detail));

    /// <summary>A value of the right type that cannot be.</summary>
    public static FieldError Invalid(string field, object? value, string detail) =>
        new(FieldErrorReasons.Invalid, field, Join($"Invalid value: {Show(value)}", detail));

    /// <summary>A value that stands there a second time.</summary>
    public static FieldError Duplicate(string field, object? value) => new(FieldErrorReasons.Duplicate, field, $"Duplicate value: {Show(value)}");

    /// <summary>A value that is none of those known.</summary>
    public static FieldError NotSupported(string field, object? value, IEnumerable<string> supported) =>
        new(FieldErrorReasons.NotSupported, field, $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Select(Show))}");

    /// <summary>A value that may not be here, or not be changed.</summary>
    public static FieldError Forbidden(string field, string detail) => new(FieldErrorReasons.Forbidden, field, Join("Forbidden", detail));

    /// <summary>A reference to something that is not there.</summary>
    public static FieldError NotFound(string field, object? value) => new(FieldErrorReasons.NotFound, field, $"Not found: {Show(value)}");

    /// <summary>A list or string that is too long.</summary>
    public static FieldError TooLong(string field, int most) => new(FieldErrorReasons.TooLong, field, $"Too long: may not be more than {most} bytes");

    /// <summary>A list with too many items.</summary>
    public static FieldError TooMany(string field, int actual, int most) =>
        new(FieldErrorReasons.TooMany, field, $"Too many: {actual}: must have at most {most} item{(most == 1 ? "" : "s")}");

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";

    private static string Join(string what, string detail) => detail.Length == 0 ? what : $"{what}: {detail}";

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IEnumerable<string> list => $"[{string.Join(", ", list.Select(Show))}]",
        _ => value.ToString() ?? "",
    };
}

/// <summary>The reasons of a cause (metav1.CauseType).</summary>
public static class FieldErrorReasons
{
    /// <summary>A field that must be given is missing or empty.</summary>
    public const string Required = "FieldValueRequired";

    /// <summary>The value has a wrong shape, lies out of range, or may not change.</summary>
    public const string Invalid = "FieldValueInvalid";

    /// <summary>A value that must be unique is there twice.</summary>
    public const string Duplicate = "FieldValueDuplicate";

    /// <summary>The value is none of the allowed ones; the message lists these.</summary>
    public const string NotSupported = "FieldValueNotSupported";

    /// <summary>The field may not be given here, whatever its value.</summary>
    public const string Forbidden = "FieldValueForbidden";

    /// <summary>The value names something that does not exist.</summary>
    public const string NotFound = "FieldValueNotFound";

    /// <summary>The text or data is longer than allowed.</summary>
    public const string TooLong = "FieldValueTooLong";

    /// <summary>The list or map has more entries than allowed.</summary>
    public const string TooMany = "FieldValueTooMany";

    /// <summary>The value has the wrong JSON type.</summary>
    public const string TypeInvalid = "FieldValueTypeInvalid";
}
