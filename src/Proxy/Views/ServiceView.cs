using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Tracking;
using ServicePort = MiniK8s.Api.Core.V1.ServicePort;

namespace MiniK8s.Proxy.Views;

/// <summary>A Service of which only that is read what rules are made of: a start reads all of them.</summary>
/// <param name="Service">The Service, in parts.</param>
[JsonConverter(typeof(Reader))]
internal sealed record ServiceView(Service Service) : IResource<ServiceView>
{
    public static KindInfo Info => Service.Info;

    public static JsonTypeInfo<ServiceView> Json => ViewJson.Default.ServiceView;

    public static JsonTypeInfo<KubeList<ServiceView>> ListJson => ViewJson.Default.KubeListServiceView;

    public string ApiVersion => Service.ApiVersion;

    public string Kind => Service.Kind;

    public ObjectMeta Metadata => Service.Metadata;

    public ServiceView WithMetadata(ObjectMeta metadata) => new(Service with { Metadata = metadata });

    internal sealed class Reader : JsonConverter<ServiceView>
    {
        private static readonly MetadataFields Metadata = new([ServiceReader.OtherProxyLabel, ServiceReader.HeadlessLabel], [BalancingNames.Annotation]);

        public override ServiceView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var metadata = new ObjectMeta();
            var (apiVersion, kind) = (Info.GroupVersion, Info.Kind);
            (ServiceSpec? spec, ServiceStatus? status) = (null, null);
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("metadata"u8)) metadata = Metadata.Read(ref reader);
                else if (reader.ValueTextEquals("spec"u8)) spec = ReadSpec(ref reader);
                else if (reader.ValueTextEquals("status"u8)) status = ReadStatus(ref reader);
                else if (reader.ValueTextEquals("apiVersion"u8)) apiVersion = JsonFields.Text(ref reader, apiVersion) ?? "";
                else if (reader.ValueTextEquals("kind"u8)) kind = JsonFields.Text(ref reader, kind) ?? "";
                else JsonFields.Skip(ref reader);
            }
            return new(new Service { ApiVersion = apiVersion, Kind = kind, Metadata = metadata, Spec = spec, Status = status });
        }

        public override void Write(Utf8JsonWriter writer, ServiceView value, JsonSerializerOptions options) =>
            throw new NotSupportedException("a part of a Service is not to be written");

        private static ServiceSpec? ReadSpec(ref Utf8JsonReader reader)
        {
            (string? type, string? address, string? affinity, string? inside, string? outside) = (null, null, null, null, null);
            IReadOnlyList<string> addresses = [], external = [], ranges = [];
            IReadOnlyList<ServicePort> ports = [];
            (SessionAffinityConfig? affinityConfig, int? health) = (null, null);
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("ports"u8)) ports = JsonFields.List(ref reader, ReadPort);
                else if (reader.ValueTextEquals("type"u8)) type = JsonFields.Text(ref reader, "ClusterIP");
                else if (reader.ValueTextEquals("clusterIP"u8)) address = JsonFields.Text(ref reader);
                else if (reader.ValueTextEquals("clusterIPs"u8)) addresses = JsonFields.Texts(ref reader);
                else if (reader.ValueTextEquals("externalIPs"u8)) external = JsonFields.Texts(ref reader);
                else if (reader.ValueTextEquals("loadBalancerSourceRanges"u8)) ranges = JsonFields.Texts(ref reader);
                else if (reader.ValueTextEquals("internalTrafficPolicy"u8)) inside = JsonFields.Text(ref reader, "Cluster");
                else if (reader.ValueTextEquals("externalTrafficPolicy"u8)) outside = JsonFields.Text(ref reader, "Cluster");
                else if (reader.ValueTextEquals("healthCheckNodePort"u8)) health = JsonFields.Number(ref reader);
                else if (reader.ValueTextEquals("sessionAffinity"u8)) affinity = JsonFields.Text(ref reader, "None");
                else if (reader.ValueTextEquals("sessionAffinityConfig"u8)) affinityConfig = ReadAffinity(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new ServiceSpec
            {
                Type = type, Ports = ports, ClusterIP = address, ClusterIPs = addresses, ExternalIPs = external, LoadBalancerSourceRanges = ranges,
                InternalTrafficPolicy = inside, ExternalTrafficPolicy = outside, HealthCheckNodePort = health,
                SessionAffinity = affinity, SessionAffinityConfig = affinityConfig,
            };
        }

        private static ServicePort ReadPort(ref Utf8JsonReader reader)
        {
            (string? name, string? protocol, int port, int? nodePort) = (null, null, 0, null);
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("name"u8)) name = JsonFields.Text(ref reader);
                else if (reader.ValueTextEquals("protocol"u8)) protocol = JsonFields.Text(ref reader, "TCP");
                else if (reader.ValueTextEquals("port"u8)) port = JsonFields.Number(ref reader) ?? 0;
                else if (reader.ValueTextEquals("nodePort"u8)) nodePort = JsonFields.Number(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new ServicePort { Name = name, Protocol = protocol, Port = port, NodePort = nodePort };
        }

        private static SessionAffinityConfig? ReadAffinity(ref Utf8JsonReader reader)
        {
            ClientIPConfig? config = null;
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("clientIP"u8)) config = ReadClientIP(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new SessionAffinityConfig { ClientIP = config };
        }

        private static ClientIPConfig? ReadClientIP(ref Utf8JsonReader reader)
        {
            int? seconds = null;
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("timeoutSeconds"u8)) seconds = JsonFields.Number(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new ClientIPConfig { TimeoutSeconds = seconds };
        }

        private static ServiceStatus? ReadStatus(ref Utf8JsonReader reader)
        {
            LoadBalancerStatus? balancer = null;
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("loadBalancer"u8)) balancer = ReadBalancer(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return balancer is null ? null : new ServiceStatus { LoadBalancer = balancer };
        }

        private static LoadBalancerStatus? ReadBalancer(ref Utf8JsonReader reader)
        {
            IReadOnlyList<LoadBalancerIngress> ingress = [];
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("ingress"u8)) ingress = JsonFields.List(ref reader, ReadIngress);
                else JsonFields.Skip(ref reader);
            }
            return ingress.Count == 0 ? null : new LoadBalancerStatus { Ingress = ingress };
        }

        private static LoadBalancerIngress ReadIngress(ref Utf8JsonReader reader)
        {
            (string? address, string? mode) = (null, null);
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("ip"u8)) address = JsonFields.Text(ref reader);
                else if (reader.ValueTextEquals("ipMode"u8)) mode = JsonFields.Text(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new LoadBalancerIngress { Ip = address, IpMode = mode };
        }
    }
}
