namespace MiniK8s.Kubelet.Tests;

public class KubeletOptionsTests
{
    private static readonly KubeletOptions Right = new() { NodeName = "n1", NodeAddress = "192.0.2.1", DataDirectory = "/data" };

    [Fact]
    public void Right_options_are_taken() => Assert.Empty(Right.Validate());

    [Theory]
    [InlineData("Node_1", "192.0.2.1", "unix:///run/docker.sock", "/data", "--node-name 'Node_1'")]
    [InlineData("../up", "192.0.2.1", "unix:///run/docker.sock", "/data", "--node-name '../up'")]
    [InlineData("n1", "host", "unix:///run/docker.sock", "/data", "--node-ip 'host' must be an IP address")]
    [InlineData("n1", "192.0.2.1", "http://localhost", "/data", "must begin with unix:// or tcp://")]
    [InlineData("n1", "192.0.2.1", "unix:///run/docker.sock", "", "--data-dir must not be empty")]
    public void Wrong_options_are_named(string name, string address, string engine, string data, string expected)
    {
        var options = new KubeletOptions { NodeName = name, NodeAddress = address, DockerHost = new Uri(engine), DataDirectory = data };
        Assert.Contains(expected, Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "--docker-host 'nonsense' must begin with unix:// or tcp://")]
    [InlineData("", "--docker-host '' must begin with unix:// or tcp://")]
    public void An_engine_that_is_no_address_is_refused_on_the_command_line(string engine, string expected) =>
        Assert.Equal(expected, Assert.Single(KubeletCommand.Create().Parse(["--docker-host", engine]).Errors).Message);
}
