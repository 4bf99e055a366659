using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MiniK8s.Api.Declarations;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Meta.V1;
using MiniK8s.Proxy.Tracking;

namespace MiniK8s.Proxy.Views;

/// <summary>
/// An EndpointSlice of which only that is read what rules are made of. Slices are what changes in a cluster, and most of their text
/// says which pods are behind the endpoints: reading that too would be half of what a change costs.
/// </summary>
/// <param name="Slice">The slice, in parts.</param>
[JsonConverter(typeof(Reader))]
internal sealed record SliceView(EndpointSlice Slice) : IResource<SliceView>
{
    public static KindInfo Info => EndpointSlice.Info;

    public static JsonTypeInfo<SliceView> Json => ViewJson.Default.SliceView;

    public static JsonTypeInfo<KubeList<SliceView>> ListJson => ViewJson.Default.KubeListSliceView;

    public string ApiVersion => Slice.ApiVersion;

    public string Kind => Slice.Kind;

    public ObjectMeta Metadata => Slice.Metadata;

    public SliceView WithMetadata(ObjectMeta metadata) => new(Slice with { Metadata = metadata });

    internal sealed class Reader : JsonConverter<SliceView>
    {
        private static readonly MetadataFields Metadata = new([SliceReader.ServiceLabel, ServiceReader.OtherProxyLabel, ServiceReader.HeadlessLabel], [SliceReader.TriggerAnnotation]);

        public override SliceView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var metadata = new ObjectMeta();
            var (apiVersion, kind, type) = (Info.GroupVersion, Info.Kind, "");
            IReadOnlyList<EndpointPort> ports = [];
            IReadOnlyList<Endpoint> endpoints = [];
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("endpoints"u8)) endpoints = JsonFields.List(ref reader, ReadEndpoint);
                else if (reader.ValueTextEquals("ports"u8)) ports = JsonFields.List(ref reader, ReadPort);
                else if (reader.ValueTextEquals("metadata"u8)) metadata = Metadata.Read(ref reader);
                else if (reader.ValueTextEquals("addressType"u8)) type = JsonFields.Text(ref reader, "IPv4") ?? "";
                else if (reader.ValueTextEquals("apiVersion"u8)) apiVersion = JsonFields.Text(ref reader, apiVersion) ?? "";
                else if (reader.ValueTextEquals("kind"u8)) kind = JsonFields.Text(ref reader, kind) ?? "";
                else JsonFields.Skip(ref reader);
            }
            return new(new EndpointSlice { ApiVersion = apiVersion, Kind = kind, Metadata = metadata, AddressType = type, Ports = ports, Endpoints = endpoints });
        }

        public override void Write(Utf8JsonWriter writer, SliceView value, JsonSerializerOptions options) =>
            throw new NotSupportedException("a part of an EndpointSlice is not to be written");

        private static EndpointPort ReadPort(ref Utf8JsonReader reader)
        {
            (string? name, string? protocol, int? port) = (null, null, null);
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("name"u8)) name = JsonFields.Text(ref reader);
                else if (reader.ValueTextEquals("port"u8)) port = JsonFields.Number(ref reader);
                else if (reader.ValueTextEquals("protocol"u8)) protocol = JsonFields.Text(ref reader, "TCP");
                else JsonFields.Skip(ref reader);
            }
            return new EndpointPort { Name = name, Port = port, Protocol = protocol };
        }

        private static Endpoint ReadEndpoint(ref Utf8JsonReader reader)
        {
            IReadOnlyList<string> addresses = [];
            (string? node, EndpointConditions? conditions, EndpointHints? hints) = (null, null, null);
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("addresses"u8)) addresses = JsonFields.Texts(ref reader);
                else if (reader.ValueTextEquals("conditions"u8)) conditions = ReadConditions(ref reader);
                else if (reader.ValueTextEquals("nodeName"u8)) node = JsonFields.Text(ref reader);
                else if (reader.ValueTextEquals("hints"u8)) hints = ReadHints(ref reader);
                else JsonFields.Skip(ref reader);
            }
            return new Endpoint { Addresses = addresses, Conditions = conditions, NodeName = node, Hints = hints };
        }

        private static EndpointConditions? ReadConditions(ref Utf8JsonReader reader)
        {
            (bool? ready, bool? serving, bool? terminating) = (null, null, null);
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("ready"u8)) ready = JsonFields.Flag(ref reader);
                else if (reader.ValueTextEquals("serving"u8)) serving = JsonFields.Flag(ref reader);
                else if (reader.ValueTextEquals("terminating"u8)) terminating = JsonFields.Flag(ref reader);
                else JsonFields.Skip(ref reader);
            }
            // Nearly all endpoints are alike.
            return (ready, serving, terminating) == (true, true, false) ? Usual : new() { Ready = ready, Serving = serving, Terminating = terminating };
        }

        private static EndpointHints? ReadHints(ref Utf8JsonReader reader)
        {
            IReadOnlyList<ForZone> zones = [];
            if (!JsonFields.Enter(ref reader)) return null;
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("forZones"u8)) zones = JsonFields.List(ref reader, ReadZone);
                else JsonFields.Skip(ref reader);
            }
            return new EndpointHints { ForZones = zones };
        }

        private static ForZone ReadZone(ref Utf8JsonReader reader)
        {
            var name = "";
            JsonFields.MustBe(ref reader, JsonTokenType.StartObject);
            while (JsonFields.Next(ref reader))
            {
                if (reader.ValueTextEquals("name"u8)) name = JsonFields.Text(ref reader) ?? "";
                else JsonFields.Skip(ref reader);
            }
            return new ForZone { Name = name };
        }

        private static readonly EndpointConditions Usual = new() { Ready = true, Serving = true, Terminating = false };
    }
}
