using MiniK8s.Api.Names;

namespace MiniK8s.Api.Tests.Names;

public class NameRulesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0a-b", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    public void A_1123_label(string value, bool right) => Assert.Equal(right, NameRules.Dns1123Label(value).Count == 0);

    [Theory]
    [InlineData("a.b-c.0", true)]
    [InlineData("a..b", false)]
    [InlineData("a.b.", false)]
    [InlineData("a_b", false)]
    public void A_1123_subdomain(string value, bool right) => Assert.Equal(right, NameRules.Dns1123Subdomain(value).Count == 0);

    [Theory]
    [InlineData("web-1", true)]
    [InlineData("1web", false)]
    [InlineData("Web", false)]
    public void A_1035_label(string value, bool right) => Assert.Equal(right, NameRules.Dns1035Label(value).Count == 0);

    [Fact]
    public void Errors_are_worded_as_in_Kubernetes()
    {
        Assert.Equal(
            ["a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"],
            NameRules.Dns1035Label("myService"));
        Assert.Equal(
            ["a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"],
            NameRules.Dns1123Label("A"));
        Assert.Equal(
            ["a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"],
            NameRules.Dns1123Subdomain("a_b"));
        Assert.Equal(
            ["name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"],
            NameRules.LabelKey("a b"));
        Assert.Equal(
            ["a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"],
            NameRules.LabelValue("-c-"));
        Assert.Equal(["must be no more than 63 characters"], NameRules.Dns1123Label(new string('a', 64)));
        Assert.Equal(["must be no more than 253 characters"], NameRules.Dns1123Subdomain(new string('a', 254)));
        Assert.Equal(["must be between 1 and 65535, inclusive"], NameRules.PortNumber(0));
    }

    [Theory]
    [InlineData("http", "")]
    [InlineData("a1-b", "")]
    [InlineData("80", "must contain at least one letter (a-z)")]
    [InlineData("a--b", "must not contain consecutive hyphens")]
    [InlineData("-a", "must not begin or end with a hyphen")]
    [InlineData("Http", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")]
    [InlineData("abcdefghijklmnop", "must be no more than 15 characters")]
    public void A_port_name(string value, string error) => Assert.Equal(error, string.Join(';', NameRules.PortName(value)));

    [Theory]
    [InlineData("app", 0)]
    [InlineData("example.com/App_1", 0)]
    [InlineData("/app", 1)]
    [InlineData("Example/app", 1)]
    [InlineData("a/b/c", 1)]
    [InlineData("", 2)]
    [InlineData("example.com/", 2)]
    public void A_qualified_name(string value, int errors) => Assert.Equal(errors, NameRules.QualifiedName(value).Count);

    [Theory]
    [InlineData("key.name", 0)]
    [InlineData("a/b", 1)]
    [InlineData("..", 1)]
    [InlineData("..a", 1)]
    public void A_key_of_a_config_map(string value, int errors) => Assert.Equal(errors, NameRules.ConfigMapKey(value).Count);

    [Theory]
    [InlineData("MY_VAR", 0)]
    [InlineData("1A", 1)]
    [InlineData("A=B", 1)]
    public void An_environment_variable(string value, int errors) => Assert.Equal(errors, NameRules.EnvironmentVariable(value).Count);

    [Fact]
    public void Annotations_are_counted_in_bytes() =>
        Assert.Equal(5, NameRules.SizeOfAnnotations(new Dictionary<string, string> { ["a"] = "äö" }));
}
