using MiniK8s.Kubectl.Tests.World;

namespace MiniK8s.Kubectl.Tests.Commands;

public sealed class GetTests : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await Sample.ServerAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_type_shows_its_table() => (await server.KubectlAsync("get", "nodes,endpoints,pods", "--field-selector", "metadata.name!=web-1")).Answers(
        """
        NAME          STATUS   ROLES    AGE   VERSION
        node/worker   Ready    worker   0s    v1.32.0

        NAME            ENDPOINTS                         AGE
        endpoints/web   10.244.1.5:8080,10.244.1.6:8080   0s

        NAME                READY   STATUS    RESTARTS   AGE
        pod/a-longer-name   0/1     Pending   0          0s

        """);

    [Theory]
    [InlineData("svc")]
    [InlineData("services")]
    [InlineData("Service")]
    [InlineData("services.v1.")]
    public async Task A_type_may_be_called_by_any_of_its_names(string name) => (await server.KubectlAsync("get", name)).Answers(
        """
        NAME   TYPE       CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE
        web    NodePort   10.96.0.100   <none>        80:30080/TCP   0s

        """);

    [Fact]
    public async Task Wide_shows_more_columns() => (await server.KubectlAsync("get", "services", "-o", "wide")).Answers(
        """
        NAME   TYPE       CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE   SELECTOR
        web    NodePort   10.96.0.100   <none>        80:30080/TCP   0s    app=web

        """);

    [Fact]
    public async Task Several_names_stand_in_one_table()
    {
        await server.CreateAsync("{apiVersion: v1, kind: Service, metadata: {name: a-longer-name}, spec: {clusterIP: None, selector: {a: b}, ports: [{port: 1}]}}");
        (await server.KubectlAsync("get", "service", "web", "a-longer-name", "web")).Answers(
            """
            NAME            TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE
            web             NodePort    10.96.0.100   <none>        80:30080/TCP   0s
            a-longer-name   ClusterIP   None          <none>        1/TCP          0s

            """);
    }

    [Fact]
    public async Task Several_types_have_a_table_each_with_the_kind_before_the_name() => (await server.KubectlAsync("get", "services,endpoints")).Answers(
        """
        NAME          TYPE       CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE
        service/web   NodePort   10.96.0.100   <none>        80:30080/TCP   0s

        NAME            ENDPOINTS                         AGE
        endpoints/web   10.244.1.5:8080,10.244.1.6:8080   0s

        """);

    [Fact]
    public async Task All_namespaces_come_with_their_names()
    {
        await server.CreateAsync("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");
        await server.CreateAsync("{apiVersion: v1, kind: Service, metadata: {name: b, namespace: demo}, spec: {clusterIP: None, selector: {a: b}, ports: [{port: 1}]}}");
        (await server.KubectlAsync("get", "services", "-A")).Answers(
            """
            NAMESPACE   NAME   TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)        AGE
            default     web    NodePort    10.96.0.100   <none>        80:30080/TCP   0s
            demo        b      ClusterIP   None          <none>        1/TCP          0s

            """);
        (await server.KubectlAsync("get", "services", "-n", "demo", "-o", "name")).Answers("service/b\n");
    }

    [Theory]
    [InlineData("get pods -l app=web -o name", "pod/web-1\n")]
    [InlineData("get pods -lapp!=web -oname", "pod/a-longer-name\n")]
    [InlineData("get pods --selector=tier -o=name", "pod/web-1\n")]
    [InlineData("get pods --field-selector spec.nodeName=worker -o name", "pod/web-1\n")]
    [InlineData("get pods,services,nodes -o name", "pod/a-longer-name\npod/web-1\nservice/web\nnode/worker\n")]
    [InlineData("get endpointslices -o name", "endpointslice.discovery.k8s.io/web-abc\n")]
    [InlineData("get pod missing --ignore-not-found", "")]
    [InlineData("get pods -o name -l app=none", "")]
    public async Task Selectors_and_names(string line, string output) => (await server.KubectlAsync(line.Split(' '))).Answers(output);

    [Fact]
    public async Task Labels_and_headings_are_shown_or_not() =>
        (await server.KubectlAsync("get", "endpoints", "--show-labels", "--no-headers")).Answers("web   10.244.1.5:8080,10.244.1.6:8080   0s    <none>\n");

    [Fact]
    public async Task One_object_is_shown_alone_and_several_as_a_list()
    {
        var one = await server.KubectlAsync("get", "service", "web", "-o", "yaml");
        Assert.StartsWith("apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: ", one.Output, StringComparison.Ordinal);
        Assert.Contains("\n  labels:\n    app: web\n  name: web\n  namespace: default\n", one.Output, StringComparison.Ordinal);
        var many = await server.KubectlAsync("get", "services", "-o", "yaml");
        Assert.StartsWith("apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n", many.Output, StringComparison.Ordinal);
        Assert.EndsWith("kind: List\nmetadata:\n  resourceVersion: \"\"\n", many.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n        {\n            \"apiVersion\": \"v1\",\n", (await server.KubectlAsync("get", "pods", "-o", "json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_are_not_there_are_reported_each_after_what_is() => Assert.Equal(
        new Run(1, "pod/web-1\n", "Error from server (NotFound): pods \"x\" not found\nError from server (NotFound): pods \"y\" not found\n"),
        await server.KubectlAsync("get", "pods", "x", "web-1", "y", "-o", "name"));

    [Theory]
    [InlineData("get pods x", "Error from server (NotFound): pods \"x\" not found")]
    [InlineData("get pods x -o yaml", "Error from server (NotFound): pods \"x\" not found")]
    [InlineData("get pods x -w", "Error from server (NotFound): pods \"x\" not found")]
    [InlineData("get foo", "error: the server doesn't have a resource type \"foo\"; api-resources lists what it has")]
    [InlineData("get", "error: You must specify the type of resource, such as pods or services; api-resources lists what the server has")]
    [InlineData("get pods x -A", "error: a resource cannot be retrieved by name across all namespaces")]
    [InlineData("get pods x -l a=b", "error: name cannot be provided when a selector is specified")]
    [InlineData("get pods,services -w", "error: you may only specify a single resource type or name with --watch")]
    [InlineData("get pod/a b", "error: \"b\" is not of the form TYPE/NAME, which all arguments must have when one has it")]
    [InlineData("get pods ..", "error: invalid resource name \"..\": it may not be '.' or '..', nor contain '/' or '%'")]
    [InlineData("get pods -n ../nodes", "error: invalid namespace name \"../nodes\": it may not be '.' or '..', nor contain '/' or '%'")]
    public async Task What_cannot_be_shown_is_an_error(string line, string complaint) => (await server.KubectlAsync(line.Split(' '))).Fails(complaint);

    [Theory]
    [InlineData("get pods -n empty", "No resources found in empty namespace.\n")]
    [InlineData("get configmaps -A -l a=b", "No resources found\n")]
    [InlineData("get nodes -l a=b", "No resources found\n")]
    public async Task Nothing_is_no_error(string line, string note) => Assert.Equal(new Run(0, "", note), await server.KubectlAsync(line.Split(' ')));
}
