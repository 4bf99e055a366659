using System.CommandLine;
using MiniK8s.Api.Networking;
using MiniK8s.ApiServer.Storage.Etcd;
using MiniK8s.Cluster;
using MiniK8s.Kubelet;
using MiniK8s.Runtime.Hosting;

namespace MiniK8s.Commands;

/// <summary>The options of <c>up</c>, and what they mean together.</summary>
internal sealed class UpSettings
{
    private readonly Option<string> data = CommonOptions.DataDirectory();
    private readonly Option<string> store = new("--store") { Description = "Where the state is kept: sqlite (in the data directory), memory, or etcd.", HelpName = "KIND", DefaultValueFactory = _ => "sqlite" };
    private readonly Option<string?> etcd = new("--etcd-servers") { Description = "URLs of etcd members, separated by commas; implies --store etcd.", HelpName = "URLS" };
    private readonly Option<string?> kafka = new("--kafka-bootstrap-servers") { Description = "Kafka brokers, host:port separated by commas, that carry the events; without it they stay in the process.", HelpName = "LIST" };
    private readonly Option<string> topic = new("--kafka-topic") { Description = "Kafka topic of the events.", HelpName = "NAME", DefaultValueFactory = _ => ConnectionOptions.DefaultTopic };
    private readonly Option<int> secure = new("--secure-port") { Description = "Port of the API, with TLS.", HelpName = "N", DefaultValueFactory = _ => 6443 };
    private readonly Option<int?> insecure = new("--insecure-port") { Description = "A port of the API on loopback without TLS and credentials; off unless given.", HelpName = "N" };
    private readonly Option<bool> noKubelet = new("--no-kubelet") { Description = "Run no pods on this host." };
    private readonly Option<bool> noProxy = new("--no-proxy") { Description = "Do not touch this host's kernel tables." };
    private readonly Option<string> mode = new("--proxy-mode") { Description = "How Services are put into the kernel: nftables, iptables, ipvs, or auto for the first of these that this host can do.", HelpName = "MODE", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> balancing = new("--balancing") { Description = "How connections are spread: random or round-robin.", HelpName = "HOW", DefaultValueFactory = _ => "random" };
    private readonly Option<string> services = new("--service-cluster-ip-range") { Description = "Addresses of Services.", HelpName = "CIDR", DefaultValueFactory = _ => "10.96.0.0/16" };
    private readonly Option<string> ports = new("--service-node-port-range") { Description = "Ports of NodePort Services.", HelpName = "A-B", DefaultValueFactory = _ => "30000-32767" };
    private readonly Option<string> pods = new("--cluster-cidr") { Description = "Addresses of pods; each node has a /24 of them.", HelpName = "CIDR", DefaultValueFactory = _ => "10.244.0.0/16" };
    private readonly Option<string> node = new("--node-name") { Description = "Name of this host's Node.", HelpName = "NAME", DefaultValueFactory = _ => NodeIdentity.DefaultName };
    private readonly Option<string> address = new("--node-ip") { Description = "Address by which this host is reached.", HelpName = "IP", DefaultValueFactory = _ => NodeIdentity.DefaultAddress() };
    private readonly Option<Uri> docker = new("--docker-host") { Description = "The Docker Engine; DOCKER_HOST unless given.", HelpName = "unix://PATH", DefaultValueFactory = _ => NodeIdentity.DefaultEngine, CustomParser = UriArgument.Parse };
    private readonly Option<int> verbosity = new("-v") { Description = "Log verbosity: 0 warnings, 2 what happens, 4 why.", HelpName = "N", DefaultValueFactory = _ => 0 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { data, store, etcd, kafka, topic, secure, insecure, noKubelet, noProxy, mode, balancing, services, ports, pods, node, address, docker, verbosity })
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="ClusterException">A value is none of those that can be.</exception>
    public UpOptions Read(ParseResult result)
    {
        var servers = result.GetValue(etcd);
        var kind = servers is not null && result.GetResult(store) is null or { Implicit: true } ? "etcd" : result.GetValue(store)!;
        if (kind is not ("sqlite" or "memory" or "etcd")) throw new ClusterException($"--store '{kind}' is unknown; give sqlite, memory or etcd");
        if (kind == "etcd" && servers is null) throw new ClusterException("--store etcd needs --etcd-servers, such as http://127.0.0.1:2379");
        return new UpOptions
        {
            DataDirectory = Path.GetFullPath(result.GetValue(data)!),
            Store = kind,
            EtcdServers = kind == "etcd" ? EtcdOptions.ParseEndpoints(servers!) : [],
            KafkaBootstrapServers = result.GetValue(kafka),
            KafkaTopic = result.GetValue(topic)!,
            SecurePort = result.GetValue(secure),
            InsecurePort = result.GetValue(insecure),
            RunsKubelet = !result.GetValue(noKubelet),
            RunsProxy = !result.GetValue(noProxy),
            ProxyMode = result.GetValue(mode)!,
            Balancing = result.GetValue(balancing)!,
            ServiceClusterIpRange = result.GetValue(services)!,
            ServiceNodePortRange = result.GetValue(ports)!,
            ClusterCidr = result.GetValue(pods)!,
            NodeName = result.GetValue(node)!,
            NodeAddress = IpText.TryParse(result.GetValue(address), out var ip) ? ip : throw new ClusterException($"--node-ip '{result.GetValue(address)}' is no IP address such as 192.168.0.10"),
            DockerHost = result.GetValue(docker)!,
            Verbosity = result.GetValue(verbosity),
        };
    }
}
