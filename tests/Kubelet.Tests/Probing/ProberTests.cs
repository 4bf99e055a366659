using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Probing;

namespace MiniK8s.Kubelet.Tests.Probing;

public class ProberTests
{
    [Theory]
    [InlineData(null, null, "http://10.244.1.5:8080/")]
    [InlineData("HTTPS", "/healthz", "https://10.244.1.5:8080/healthz")]
    [InlineData("HTTP", "healthz", "http://10.244.1.5:8080/healthz")]
    [InlineData("HTTP", "/ready?full=1&x=a%20b", "http://10.244.1.5:8080/ready?full=1&x=a%20b")]
    [InlineData("HTTP", "//192.0.2.9/x", "http://10.244.1.5:8080//192.0.2.9/x")]
    [InlineData("HTTP", "http://192.0.2.9/x", "http://10.244.1.5:8080/http://192.0.2.9/x")]
    public void A_path_is_only_ever_a_path(string? scheme, string? path, string expected) =>
        Assert.Equal(expected, Prober.Address(new HTTPGetAction { Scheme = scheme, Path = path }, "10.244.1.5", 8080).AbsoluteUri);

    [Fact]
    public void An_address_of_version_six_is_put_in_brackets() =>
        Assert.Equal("http://[fd00::5]:80/", Prober.Address(new HTTPGetAction(), "fd00::5", 80).AbsoluteUri.Replace("]/", "]:80/", StringComparison.Ordinal));
}
