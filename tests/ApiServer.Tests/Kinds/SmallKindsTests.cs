using MiniK8s.Api.Coordination.V1;
using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>Leases, Events and ServiceAccounts.</summary>
public sealed class SmallKindsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"leaseDurationSeconds":40,"leaseTransitions":0,"holderIdentity":"n1"}""", "")]
    [InlineData("""{"leaseDurationSeconds":0}""", "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("""{"leaseTransitions":-1}""", "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0")]
    public void Lease_numbers(string spec, string error) =>
        Assert.Equal(error, string.Join('|', new LeaseKind().Create(Pipeline.Read<Lease>($"{{\"spec\":{spec}}}")).Errors.Lines()));

    [Fact]
    public void Lease_shows_its_holder()
    {
        Assert.Equal("n1", new LeaseKind().Row(new Lease { Spec = new() { HolderIdentity = "n1" } })["Holder"]);
        Assert.Equal("", new LeaseKind().Row(new Lease())["Holder"]);
    }

    [Theory]
    [InlineData("default", """{"namespace":"default"}""", "")]
    [InlineData("default", """{}""", "")]
    [InlineData("shop", """{}""", "involvedObject.namespace")]
    [InlineData("shop", """{"namespace":"default"}""", "involvedObject.namespace")]
    public void Event_lives_with_its_object(string space, string involved, string field)
    {
        var value = Pipeline.Read<Event>($"{{\"metadata\":{{\"namespace\":\"{space}\"}},\"involvedObject\":{involved}}}");
        Assert.Equal(field, string.Join('|', new EventKind().Validate(value).Select(error => error.Field)));
    }

    [Fact]
    public void Event_of_the_new_form_names_its_reporter_action_and_type()
    {
        var value = new Event { EventTime = Now };
        Assert.Equal(["reportingController", "reportingInstance", "action", "reason", "type"], new EventKind().Validate(value).Select(error => error.Field));
        var right = value with { ReportingComponent = "kubelet", ReportingInstance = "n1", Action = "Pulling", Reason = "Pulled", Type = "Normal" };
        Assert.Empty(new EventKind().Validate(right));
        Assert.Equal("type", Assert.Single(new EventKind().Validate(right with { Type = "Odd" })).Field);
    }

    [Theory]
    [InlineData("""{"firstTimestamp":"2026-01-01T11:50:00Z","lastTimestamp":"2026-01-01T11:59:30Z","count":4,"source":{"component":"kubelet","host":"n1"}}""", "30s|10m|4|kubelet, n1")]
    [InlineData("""{"eventTime":"2026-01-01T11:58:00.000000Z","reportingComponent":"scheduler"}""", "2m|2m|1|scheduler")]
    [InlineData("""{"eventTime":"2026-01-01T11:58:00.000000Z","series":{"count":7,"lastObservedTime":"2026-01-01T11:59:50.000000Z"},"reportingComponent":"c","reportingInstance":"i"}""", "10s|2m|7|c, i")]
    [InlineData("{}", "<unknown>|<unknown>|1|")]
    public void Event_ages_and_counts(string json, string cells)
    {
        var row = new EventKind().Row(Pipeline.Read<Event>(json), Now);
        Assert.Equal(cells, string.Join('|', row["Last Seen"], row["First Seen"], row["Count"], row["Source"]));
    }

    [Fact]
    public void Event_names_its_object_and_can_be_selected_by_it()
    {
        var value = Pipeline.Read<Event>("""
            {"type":"Warning","reason":"Failed","message":" no image \n","reportingComponent":"kubelet",
             "involvedObject":{"apiVersion":"v1","kind":"Pod","namespace":"default","name":"p","uid":"u","resourceVersion":"7","fieldPath":"spec.containers{c}"}}
            """);
        var kind = new EventKind();
        var row = kind.Row(value, Now);
        Assert.Equal("Warning|Failed|pod/p|spec.containers{c}|no image", string.Join('|', row["Type"], row["Reason"], row["Object"], row["Subobject"], row["Message"]));
        Assert.Equal("v1 spec.containers{c} Pod p default 7 u Failed kubelet kubelet Warning",
            string.Join(' ', kind.SelectableFields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Value(value))));
    }

    [Fact]
    public void Service_account_refers_to_secrets_by_name_alone()
    {
        var account = new ServiceAccountKind().Created(Pipeline.Read<ServiceAccount>("""{"secrets":[{"name":"s","namespace":"other","kind":"Secret"}]}"""));
        Assert.Equal(("s", null), (account.Secrets[0].Name, account.Secrets[0].Namespace));
        Assert.Equal(1L, new ServiceAccountKind().Row(account)["Secrets"]);
    }
}
