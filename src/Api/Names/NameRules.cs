using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MiniK8s.Api.Names;

/// <summary>
/// The rules for names, labels and annotations (apimachinery's util/validation). Each method returns what is wrong with the
/// value in Kubernetes' words, and nothing where the value is right.
/// </summary>
public static partial class NameRules
{
    /// <summary>Most characters of a label.</summary>
    public const int LabelLength = 63;

    /// <summary>Most characters of a subdomain.</summary>
    public const int SubdomainLength = 253;

    /// <summary>Most bytes of all annotations of an object, keys and values together.</summary>
    public const int AnnotationsSize = 256 * 1024;

    private const string Label1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Subdomain1123 = Label1123 + @"(\." + Label1123 + ")*";
    private const string Label1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string NamePart = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelText = "(" + NamePart + ")?";
    private const string EnvironmentName = "[-._a-zA-Z][-._a-zA-Z0-9]*";
    private const string ConfigKey = "[-._a-zA-Z0-9]+";

    private static readonly SearchValues<char> PortNameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Lower case letters, digits and <c>-</c>, at most 63: names of namespaces, containers, volumes.</summary>
    public static IReadOnlyList<string> Dns1123Label(string value) => Checked(
        value, LabelLength, Label1123Shape(),
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        Label1123, "my-name", "123-abc");

    /// <summary>Labels joined by dots, at most 253: names of most kinds.</summary>
    public static IReadOnlyList<string> Dns1123Subdomain(string value) => Checked(
        value, SubdomainLength, Subdomain1123Shape(),
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        Subdomain1123, "example.com");

    /// <summary>A label that begins with a letter: names of services.</summary>
    public static IReadOnlyList<string> Dns1035Label(string value) => Checked(
        value, LabelLength, Label1035Shape(),
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        Label1035, "my-name", "abc-123");

    /// <summary>An IANA service name, at most 15: names of container ports and target ports (RFC 6335).</summary>
    public static IReadOnlyList<string> PortName(string value)
    {
        var errors = new List<string>();
        if (value.Length > 15) errors.Add(TooLong(15));
        if (value.AsSpan().ContainsAnyExcept(PortNameCharacters)) errors.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        if (!value.AsSpan().ContainsAnyInRange('a', 'z')) errors.Add("must contain at least one letter (a-z)");
        if (value.Contains("--", StringComparison.Ordinal)) errors.Add("must not contain consecutive hyphens");
        if (value.Length > 0 && (value[0] == '-' || value[^1] == '-')) errors.Add("must not begin or end with a hyphen");
        return errors;
    }

    /// <summary>A name with an optional prefix, <c>prefix/name</c>: keys of labels and annotations, conditions, finalizers.</summary>
    public static IReadOnlyList<string> QualifiedName(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2)
        {
            return ["a qualified name " + Regex(
                "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", NamePart, "MyName", "my.name", "123-abc")
                + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var errors = new List<string>();
        if (parts.Length == 2 && parts[0].Length == 0) errors.Add("prefix part must be non-empty");
        else if (parts.Length == 2) errors.AddRange(Dns1123Subdomain(parts[0]).Select(error => "prefix part " + error));
        var name = parts[^1];
        if (name.Length == 0) errors.Add("name part must be non-empty");
        else if (name.Length > LabelLength) errors.Add("name part " + TooLong(LabelLength));
        if (!NamePartShape().IsMatch(name))
        {
            errors.Add("name part " + Regex(
                "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", NamePart, "MyName", "my.name", "123-abc"));
        }

        return errors;
    }

    /// <summary>The key of a label: a qualified name.</summary>
    public static IReadOnlyList<string> LabelKey(string value) => QualifiedName(value);

    /// <summary>The value of a label; may be empty.</summary>
    public static IReadOnlyList<string> LabelValue(string value) => Checked(
        value, LabelLength, LabelTextShape(),
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LabelText, "MyValue", "my_value", "12345");

    /// <summary>The name of an environment variable.</summary>
    public static IReadOnlyList<string> EnvironmentVariable(string value)
    {
        var errors = new List<string>();
        if (!EnvironmentNameShape().IsMatch(value))
        {
            errors.Add(Regex(
                "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
                EnvironmentName, "my.env-name", "MY_ENV.NAME", "MyEnvName1"));
        }

        return [.. errors, .. DotNames(value)];
    }

    /// <summary>The key of a ConfigMap or Secret: a file name.</summary>
    public static IReadOnlyList<string> ConfigMapKey(string value)
    {
        var errors = Checked(
            value, SubdomainLength, ConfigKeyShape(),
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", ConfigKey, "key.name", "KEY_NAME", "key-name");
        return [.. errors, .. DotNames(value)];
    }

    /// <summary>The port of a service or container.</summary>
    public static IReadOnlyList<string> PortNumber(long value) => value is >= 1 and <= 65535 ? [] : ["must be between 1 and 65535, inclusive"];

    /// <summary>Bytes of all annotations together, to be held against <see cref="AnnotationsSize"/>.</summary>
    public static long SizeOfAnnotations(IReadOnlyDictionary<string, string> annotations) =>
        annotations.Sum(entry => (long)Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value));

    private static IEnumerable<string> DotNames(string value) => value switch
    {
        "." => ["must not be '.'"],
        ".." => ["must not be '..'"],
        ['.', '.', ..] => ["must not start with '..'"],
        _ => [],
    };

    private static List<string> Checked(string value, int most, Regex shape, string rule, string pattern, params ReadOnlySpan<string> examples)
    {
        if (value.Length <= most && shape.IsMatch(value)) return [];
        var errors = new List<string>();
        if (value.Length > most) errors.Add(TooLong(most));
        if (!shape.IsMatch(value)) errors.Add(Regex(rule, pattern, examples));
        return errors;
    }

    private static string TooLong(int most) => $"must be no more than {most} characters";

    /// <summary>Kubernetes sets two blanks before each further example; clients compare the text, so it stays.</summary>
    private static string Regex(string rule, string pattern, params ReadOnlySpan<string> examples) =>
        $"{rule} (e.g. {string.Join(",  or ", examples.ToArray().Select(example => $"'{example}'"))}{(examples.Length > 0 ? ", " : "")}regex used for validation is '{pattern}')";

    [GeneratedRegex("^" + Label1123 + @"\z")]
    private static partial Regex Label1123Shape();

    [GeneratedRegex("^" + Subdomain1123 + @"\z")]
    private static partial Regex Subdomain1123Shape();

    [GeneratedRegex("^" + Label1035 + @"\z")]
    private static partial Regex Label1035Shape();

    [GeneratedRegex("^" + NamePart + @"\z")]
    private static partial Regex NamePartShape();

    [GeneratedRegex("^" + LabelText + @"\z")]
    private static partial Regex LabelTextShape();

    [GeneratedRegex("^" + EnvironmentName + @"\z")]
    private static partial Regex EnvironmentNameShape();

    [GeneratedRegex("^" + ConfigKey + @"\z")]
    private static partial Regex ConfigKeyShape();
}
