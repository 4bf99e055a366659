using System.Text.RegularExpressions;

namespace MiniK8s.ApiServer.Kinds.Rules;

/// <summary>What names of several forms may look like. Each rule yields its objections, in the words of Kubernetes.</summary>
internal static partial class NameRules
{
    public static IEnumerable<string> Dns1123Label(string value)
    {
        if (value.Length > 63) yield return MostCharacters(63);
        if (!LabelPattern().IsMatch(value))
            yield return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
                + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    }

    public static IEnumerable<string> Dns1035Label(string value)
    {
        if (value.Length > 63) yield return MostCharacters(63);
        if (!Label1035Pattern().IsMatch(value))
            yield return "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character "
                + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
    }

    public static IEnumerable<string> Dns1123Subdomain(string value)
    {
        if (value.Length > 253) yield return MostCharacters(253);
        if (!SubdomainPattern().IsMatch(value))
            yield return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
                + "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    }

    public static IEnumerable<string> QualifiedName(string value)
    {
        var parts = value.Split('/');
        if (parts.Length > 2) return ["a qualified name " + QualifiedForm + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        var objections = new List<string>();
        if (parts.Length == 2)
        {
            if (parts[0].Length == 0) objections.Add("prefix part must be non-empty");
            else objections.AddRange(Dns1123Subdomain(parts[0]).Select(text => "prefix part " + text));
        }
        var name = parts[^1];
        if (name.Length == 0) objections.Add("name part must be non-empty");
        else if (name.Length > 63) objections.Add("name part " + MostCharacters(63));
        if (!QualifiedPattern().IsMatch(name)) objections.Add("name part " + QualifiedForm);
        return objections;
    }

    public static IEnumerable<string> LabelValue(string value)
    {
        if (value.Length > 63) yield return MostCharacters(63);
        if (value.Length > 0 && !QualifiedPattern().IsMatch(value))
            yield return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    }

    public static IEnumerable<string> PortName(string value)
    {
        if (value.Length > 15) yield return MostCharacters(15);
        if (!value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        if (!value.Any(char.IsAsciiLetterLower)) yield return "must contain at least one letter (a-z)";
        if (value.Contains("--", StringComparison.Ordinal)) yield return "must not contain consecutive hyphens";
        if (value.StartsWith('-') || value.EndsWith('-')) yield return "must not begin or end with a hyphen";
    }

    public static IEnumerable<string> ConfigMapKey(string value)
    {
        if (value.Length > 253) yield return MostCharacters(253);
        if (!ConfigKeyPattern().IsMatch(value))
            yield return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
                + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
        if (value is "." or "..") yield return $"must not be '{value}'";
        else if (value.StartsWith("..", StringComparison.Ordinal)) yield return "must not start with '..'";
    }

    /// <summary>The part of generateName that must be a name by itself: a random suffix follows, so it may end with a dash.</summary>
    public static string WithoutTrailingDash(string prefix) => prefix.Length > 1 && prefix.EndsWith('-') ? prefix[..^1] + "a" : prefix;

    private const string QualifiedForm = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private static string MostCharacters(int most) => $"must be no more than {most} characters";

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label1035Pattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedPattern();

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKeyPattern();
}
