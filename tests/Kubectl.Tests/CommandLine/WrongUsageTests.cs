using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.CommandLine;

public sealed class WrongUsageTests
{
    [Theory]
    [InlineData("foo", "error: unknown command \"foo\" for \"kubectl\"; see 'kubectl --help'")]
    [InlineData("--foo get pods", "error: unknown flag: --foo; see 'kubectl get --help'")]
    [InlineData("get pods --foo=3", "error: unknown flag: --foo; see 'kubectl get --help'")]
    [InlineData("get --foo pods", "error: unknown flag: --foo; see 'kubectl get --help'")]
    [InlineData("delete pod x -z", "error: unknown shorthand flag in -z; see 'kubectl delete --help'")]
    [InlineData("get pods -o", "error: Required argument missing for option: '-o'; see 'kubectl get --help'")]
    [InlineData("create namespace", "error: Required argument missing for command: 'namespace'; see 'kubectl create namespace --help'")]
    [InlineData("create namespace a b", "error: unexpected argument \"b\"; see 'kubectl create namespace --help'")]
    [InlineData("create foo", "error: unknown command \"foo\" for \"kubectl create\"; see 'kubectl create --help'")]
    [InlineData("version now", "error: unexpected argument \"now\"; see 'kubectl version --help'")]
    public async Task A_command_line_that_is_none_gets_one_line_and_fails(string line, string complaint) => (await Run.OfAsync(line.Split(' '))).Fails(complaint);

    [Theory]
    [InlineData("get pods -o table", "error: unable to match a printer suitable for the output format \"table\", allowed formats are: json,name,wide,yaml")]
    [InlineData("delete pod x --timeout soon", "error: invalid --timeout value \"soon\": give a duration such as 30s, 5m or 1h")]
    [InlineData("delete pod x --force --grace-period 5", "error: --force and --grace-period greater than 0 cannot be specified together")]
    [InlineData("delete pod x --now --grace-period 5", "error: --now and --grace-period cannot be specified together")]
    [InlineData("apply", "error: must specify -f FILE, a directory, or - for standard input")]
    [InlineData("create -f /no/such/file", "error: the path \"/no/such/file\" does not exist")]
    [InlineData("proxy --address 0.0.0.0", "error: --address '0.0.0.0' must be a loopback address such as 127.0.0.1: whoever reaches the port has your rights")]
    [InlineData("proxy --port 70000", "error: --port 70000 must be between 0 and 65535")]
    [InlineData("get pods --server ftp://x", "error: --server 'ftp://x' is no URL; give https://HOST:PORT")]
    [InlineData("get pods --kubeconfig /no/such/file", "error: cannot read the kubeconfig '/no/such/file': Could not find a part of the path '/no/such/file'.")]
    public async Task A_value_that_makes_no_sense_is_named(string line, string complaint) => (await Run.OfAsync(line.Split(' '))).Fails(complaint);

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var run = await Run.OfAsync(["get", "pods", "--server", "http://127.0.0.1:1"]);
        Assert.Equal(1, run.Code);
        Assert.StartsWith("Unable to connect to the server: Connection refused (127.0.0.1:1)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_begins_with_an_at_sign_is_no_list_of_arguments() =>
        (await Run.OfAsync(["create", "-f", "@arguments"])).Fails("error: the path \"@arguments\" does not exist");
}
