using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.ControllerManager.Tests.World;
using MiniK8s.TestKit;

namespace MiniK8s.ControllerManager.Tests.Namespaces;

/// <summary>What namespaces come with, and how they go, on a real API server.</summary>
public sealed class NamespaceWorldTests : IAsyncLifetime
{
    private const string Certificate = "-----BEGIN CERTIFICATE-----\nexample\n-----END CERTIFICATE-----\n";
    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await TestCluster.StartAsync();
        await cluster.RunControllersAsync(new ControllerManagerOptions { RootCertificate = Certificate });
        await cluster.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "team" } });
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Namespace_gets_its_account_and_the_authority_and_gets_them_back()
    {
        await cluster.UntilAsync<ServiceAccount>("team", "default", _ => true, "the namespace has its default account");
        await cluster.UntilAsync<ConfigMap>("team", "kube-root-ca.crt", c => c.Data["ca.crt"] == Certificate, "the namespace has the authority");

        await cluster.ChangeAsync<ConfigMap>("team", "kube-root-ca.crt", c => c with { Data = Sample.Map(("ca.crt", "evil")) });
        await cluster.UntilAsync<ConfigMap>("team", "kube-root-ca.crt", c => c.Data["ca.crt"] == Certificate, "the changed authority is set right");
        await cluster.Client.DeleteAsync<ServiceAccount>("team", "default");
        await cluster.UntilAsync<ServiceAccount>("team", "default", _ => true, "the deleted account is made again");
    }

    [Fact]
    public async Task Deleted_namespace_is_emptied_and_goes()
    {
        await cluster.UntilAsync<ServiceAccount>("team", "default", _ => true, "the namespace has its default account");
        await cluster.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "c" } });
        await cluster.CreateAsync(Sample.Service() with { Metadata = new ObjectMeta { Namespace = "team", Name = "web" } });
        await cluster.UntilAsync<Endpoints>("team", "web", _ => true, "the Service has Endpoints");

        await cluster.Client.DeleteAsync<Namespace>(null, "team");
        await Eventually.TrueAsync(async () => await cluster.FindAsync<Namespace>(null, "team") is null, "the namespace is gone");

        // A namespace of the same name begins empty.
        await cluster.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        Assert.Empty((await cluster.Client.ListAsync<Service>("team")).Items);
        Assert.Empty((await cluster.Client.ListAsync<Endpoints>("team")).Items);
    }

    [Fact]
    public async Task Namespace_waits_for_what_has_a_finalizer_and_says_so()
    {
        await cluster.CreateAsync(new ConfigMap { Metadata = new ObjectMeta { Namespace = "team", Name = "kept", Finalizers = ["example.com/keep"] } });
        await cluster.Client.DeleteAsync<Namespace>(null, "team");
        var waiting = await cluster.UntilAsync<Namespace>(
            null, "team", n => n.Status?.Conditions.Any(c => c is { Type: "NamespaceFinalizersRemaining", Status: "True" }) == true, "the namespace says what it waits for");
        Assert.Equal("Terminating", waiting.Status!.Phase);
        Assert.Equal(
            "Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances",
            waiting.Status.Conditions.Single(c => c.Type == "NamespaceFinalizersRemaining").Message);

        await cluster.ChangeAsync<ConfigMap>("team", "kept", c => c.WithMetadata(c.Metadata with { Finalizers = [] }));
        await Eventually.TrueAsync(async () => await cluster.FindAsync<Namespace>(null, "team") is null, "the namespace is gone when the finalizer is");
    }
}
