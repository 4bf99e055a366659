using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>Endpoints and EndpointSlices (service-cases W1-W5).</summary>
public sealed class EndpointsTests
{
    private static readonly EndpointsKind Endpoints = new();
    private static readonly EndpointSliceKind Slices = new();

    [Theory]
    [InlineData("W1 one subset", """[{"addresses":[{"ip":"10.10.1.1"},{"ip":"10.10.2.2"}],"ports":[{"name":"a","port":8675},{"name":"b","port":309}]}]""", "")]
    [InlineData("W1 no subsets", "[]", "")]
    [InlineData("W1 single unnamed port", """[{"addresses":[{"ip":"10.10.1.1"}],"ports":[{"port":8675}]}]""", "")]
    [InlineData("W1 no ports", """[{"addresses":[{"ip":"10.10.1.1"}]}]""", "")]
    [InlineData("W1 only unready ones", """[{"notReadyAddresses":[{"ip":"10.10.1.1"}]}]""", "")]
    [InlineData("W2 no addresses", """[{"ports":[{"port":309}]}]""", "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`")]
    [InlineData("W2 bad address", """[{"addresses":[{"ip":"[2001:db8::1]"}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"[2001:db8::1]\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("W2 missing address", """[{"addresses":[{}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("W2 two ports, one unnamed", """[{"addresses":[{"ip":"10.10.1.1"}],"ports":[{"port":8675},{"name":"b","port":309}]}]""", "subsets[0].ports[0].name: Required value")]
    [InlineData("W2 bad port", """[{"addresses":[{"ip":"10.10.1.1"}],"ports":[{"port":66000}]}]""", "subsets[0].ports[0].port: Invalid value: 66000: must be between 1 and 65535, inclusive")]
    [InlineData("W2 bad protocol", """[{"addresses":[{"ip":"10.10.1.1"}],"ports":[{"port":93,"protocol":"Protocol"}]}]""", "subsets[0].ports[0].protocol: Unsupported value: \"Protocol\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("W3 loopback", """[{"addresses":[{"ip":"127.0.0.1"}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("W3 loopback v6", """[{"notReadyAddresses":[{"ip":"::1"}]}]""", "subsets[0].notReadyAddresses[0].ip: Invalid value: \"::1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("W3 link-local", """[{"addresses":[{"ip":"169.254.169.254"}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"169.254.169.254\": may not be in the link-local range (169.254.0.0/16, fe80::/10)")]
    [InlineData("W3 link-local multicast", """[{"addresses":[{"ip":"224.0.0.1"}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"224.0.0.1\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")]
    [InlineData("W3 unspecified", """[{"addresses":[{"ip":"0.0.0.0"}]}]""", "subsets[0].addresses[0].ip: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0)")]
    public void Subsets(string id, string subsets, string error)
    {
        var errors = Endpoints.Create(Pipeline.Read<Endpoints>($"{{\"subsets\":{subsets}}}")).Errors.Lines();
        Assert.True(error == string.Join('|', errors), $"{id}: {string.Join('|', errors)}");
    }

    [Fact]
    public void W2_port_name_is_a_label()
    {
        var endpoints = Pipeline.Read<Endpoints>("""{"subsets":[{"addresses":[{"ip":"10.10.1.1"}],"ports":[{"name":"A_B","port":1}]}]}""");
        Assert.Equal("subsets[0].ports[0].name", Assert.Single(Endpoints.Create(endpoints).Errors).Field);
    }

    [Theory]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["192.0.2.3"]}],"ports":[{"name":"","port":3306}]}""", "")]
    [InlineData("""{"addressType":"IPv6","endpoints":[{"addresses":["2001:db8::1"]}]}""", "")]
    [InlineData("""{"addressType":"FQDN","endpoints":[{"addresses":["db.example.com"]}]}""", "")]
    [InlineData("""{"endpoints":[]}""", "addressType: Required value")]
    [InlineData("""{"addressType":"IPv9","endpoints":[]}""", "addressType: Unsupported value: \"IPv9\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["::1"]}]}""", "endpoints[0].addresses[0]: Invalid value: \"::1\": must be a valid IPv4 address|endpoints[0].addresses[0]: Invalid value: \"::1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["169.254.1.1"]}]}""", "endpoints[0].addresses[0]: Invalid value: \"169.254.1.1\": may not be in the link-local range (169.254.0.0/16, fe80::/10)")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":[]}]}""", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    [InlineData("""{"addressType":"FQDN","endpoints":[{"addresses":["db"]}]}""", "endpoints[0].addresses[0]: Invalid value: \"db\": should be a domain with at least two segments separated by dots")]
    [InlineData("""{"addressType":"IPv4","endpoints":[],"ports":[{"name":"a","port":1},{"name":"a","port":2}]}""", "ports[1].name: Duplicate value: \"a\"")]
    [InlineData("""{"addressType":"IPv4","endpoints":[],"ports":[{"port":1,"protocol":"ICMP"}]}""", "ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    public void W5_slices(string slice, string error) =>
        Assert.Equal(error, string.Join('|', Slices.Create(Pipeline.Read<EndpointSlice>(slice)).Errors.Lines()));

    [Fact]
    public void W5_bounds_of_a_slice()
    {
        var endpoint = new Api.Discovery.V1.Endpoint { Addresses = ["192.0.2.3"] };
        var slice = new EndpointSlice { AddressType = "IPv4" };
        Assert.Empty(Slices.Validate(slice with { Endpoints = [.. Enumerable.Repeat(endpoint, 1000)] }));
        Assert.Equal("endpoints: Too many: 1001: must have at most 1000 items", Assert.Single(Slices.Validate(slice with { Endpoints = [.. Enumerable.Repeat(endpoint, 1001)] })).ToString());
        var addresses = endpoint with { Addresses = [.. Enumerable.Range(1, 101).Select(number => $"192.0.2.{number}")] };
        Assert.Equal("endpoints[0].addresses", Assert.Single(Slices.Validate(slice with { Endpoints = [addresses] })).Field);
        var zones = endpoint with { Hints = new() { ForZones = [.. Enumerable.Range(1, 9).Select(number => new ForZone { Name = $"z{number}" })] } };
        Assert.Equal("endpoints[0].hints.forZones", Assert.Single(Slices.Validate(slice with { Endpoints = [zones] })).Field);
        Assert.Equal("endpoints[0].hostname", Assert.Single(Slices.Validate(slice with { Endpoints = [endpoint with { Hostname = "A.b" }] })).Field);
    }

    [Fact]
    public void W5_address_type_never_changes_and_generation_is_kept()
    {
        var slice = Slices.Created(new EndpointSlice { AddressType = "IPv4" });
        Assert.Equal("addressType: Invalid value: \"IPv6\": field is immutable", Assert.Single(Slices.Update(slice with { AddressType = "IPv6" }, slice).Errors).ToString());
        Assert.True(Slices.HasGeneration);
    }

    [Theory]
    [InlineData("[]", "<none>")]
    [InlineData("""[{"addresses":[{"ip":"10.244.1.2"}],"ports":[{"port":80}]}]""", "10.244.1.2:80")]
    [InlineData("""[{"addresses":[{"ip":"10.244.1.2"},{"ip":"10.244.1.3"},{"ip":"10.244.1.4"}],"ports":[{"name":"a","port":80},{"name":"b","port":443}]}]""", "10.244.1.2:80,10.244.1.3:80,10.244.1.4:80 + 3 more...")]
    [InlineData("""[{"addresses":[{"ip":"2001:db8::1"}],"ports":[{"port":80}]}]""", "[2001:db8::1]:80")]
    [InlineData("""[{"addresses":[{"ip":"10.244.1.2"}]}]""", "10.244.1.2")]
    [InlineData("""[{"notReadyAddresses":[{"ip":"10.244.1.2"}],"ports":[{"port":80}]}]""", "")]
    public void Endpoints_in_a_Table(string subsets, string cell) =>
        Assert.Equal(cell, Endpoints.Row(Pipeline.Read<Endpoints>($"{{\"subsets\":{subsets}}}"))["Endpoints"]);

    [Theory]
    [InlineData("""{"addressType":"IPv4","endpoints":[]}""", "<unset>", "<unset>")]
    [InlineData("""{"addressType":"IPv4","ports":[{"name":"a","port":80},{"name":"b"}],"endpoints":[{"addresses":["10.1.1.1"]},{"addresses":["10.1.1.2"]}]}""", "80,b", "10.1.1.1,10.1.1.2")]
    [InlineData("""{"addressType":"IPv4","ports":[{}],"endpoints":[{"addresses":["10.1.1.1","10.1.1.2"]},{"addresses":["10.1.1.3","10.1.1.4"]}]}""", "*", "10.1.1.1,10.1.1.2,10.1.1.3 + 1 more...")]
    public void Slices_in_a_Table(string slice, string ports, string endpoints)
    {
        var row = Slices.Row(Slices.Default(Pipeline.Read<EndpointSlice>(slice)));
        Assert.Equal((ports, endpoints, "IPv4"), (row["Ports"], row["Endpoints"], row["AddressType"]));
    }
}
