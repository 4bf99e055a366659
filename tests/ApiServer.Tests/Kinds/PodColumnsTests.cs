using MiniK8s.Api.Core.V1;
using MiniK8s.ApiServer.Kinds;

namespace MiniK8s.ApiServer.Tests.Kinds;

/// <summary>READY, STATUS and RESTARTS of <c>kubectl get pods</c>.</summary>
public sealed class PodColumnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private const string Deleted = """{"deletionTimestamp":"2026-01-01T11:59:00Z"}""";
    private const string Running = """{"running":{"startedAt":"2026-01-01T11:00:00Z"}}""";

    [Theory]
    [InlineData("pending", 1, 0, "{}", """{"phase":"Pending"}""", "0/1 Pending 0")]
    [InlineData("running", 1, 0, "{}", """{"phase":"Running","containerStatuses":[{"name":"c0","ready":true,"state":{"running":{}}}]}""", "1/1 Running 0")]
    [InlineData("one of two ready", 2, 0, "{}", """{"phase":"Running","containerStatuses":[{"name":"c0","ready":true,"state":{"running":{}}},{"name":"c1","state":{"running":{}}}]}""", "1/2 Running 0")]
    [InlineData("creating", 1, 0, "{}", """{"phase":"Pending","containerStatuses":[{"name":"c0","state":{"waiting":{"reason":"ContainerCreating"}}}]}""", "0/1 ContainerCreating 0")]
    [InlineData("crash loop", 1, 0, "{}", """{"phase":"Running","containerStatuses":[{"name":"c0","restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-01-01T11:59:55Z"}}}]}""", "0/1 CrashLoopBackOff 3 (5s ago)")]
    [InlineData("image not to be had", 1, 0, "{}", """{"phase":"Pending","containerStatuses":[{"name":"c0","state":{"waiting":{"reason":"ErrImagePull"}}}]}""", "0/1 ErrImagePull 0")]
    [InlineData("completed", 1, 0, "{}", """{"phase":"Succeeded","containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", "0/1 Completed 0")]
    [InlineData("failed", 1, 0, "{}", """{"phase":"Failed","containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":2}}}]}""", "0/1 ExitCode:2 0")]
    [InlineData("killed", 1, 0, "{}", """{"phase":"Failed","containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":137,"signal":9}}}]}""", "0/1 Signal:9 0")]
    [InlineData("evicted", 1, 0, "{}", """{"phase":"Failed","reason":"Evicted"}""", "0/1 Evicted 0")]
    [InlineData("one completed, one running and ready", 2, 0, "{}", """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"c1","ready":true,"state":{"running":{}}}]}""", "1/2 Running 0")]
    [InlineData("one completed, one running", 2, 0, "{}", """{"phase":"Running","containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"c1","ready":true,"state":{"running":{}}}]}""", "1/2 NotReady 0")]
    [InlineData("first init container runs", 1, 2, "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i0","state":{"running":{}}},{"name":"i1","state":{"waiting":{"reason":"PodInitializing"}}}]}""", "0/1 Init:0/2 0")]
    [InlineData("second init container runs", 1, 2, "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i0","state":{"terminated":{"exitCode":0}}},{"name":"i1","state":{"running":{}}}]}""", "0/1 Init:1/2 0")]
    [InlineData("init container fails", 1, 1, "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i0","restartCount":2,"state":{"terminated":{"exitCode":7}},"lastState":{"terminated":{"exitCode":7,"finishedAt":"2026-01-01T11:58:00Z"}}}]}""", "0/1 Init:ExitCode:7 2 (2m ago)")]
    [InlineData("init container in a crash loop", 1, 1, "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i0","state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "0/1 Init:CrashLoopBackOff 0")]
    [InlineData("init container with a reason", 1, 1, "{}", """{"phase":"Pending","initContainerStatuses":[{"name":"i0","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "0/1 Init:Error 0")]
    [InlineData("terminating", 1, 0, Deleted, """{"phase":"Running","containerStatuses":[{"name":"c0","ready":true,"state":{"running":{}}}]}""", "1/1 Terminating 0")]
    [InlineData("deleted after its end", 1, 0, Deleted, """{"phase":"Succeeded","containerStatuses":[{"name":"c0","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", "0/1 Completed 0")]
    [InlineData("deleted on a lost node", 1, 0, Deleted, """{"phase":"Running","reason":"NodeLost"}""", "0/1 Unknown 0")]
    [InlineData("gated", 1, 0, "{}", """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}""", "0/1 SchedulingGated 0")]
    public void Ready_status_and_restarts(string id, int containers, int initContainers, string metadata, string status, string expected)
    {
        var pod = new Pod
        {
            Metadata = Pipeline.Read<Pod>($"{{\"metadata\":{metadata}}}").Metadata,
            Spec = new()
            {
                Containers = [.. Enumerable.Range(0, containers).Select(number => new Container { Name = $"c{number}" })],
                InitContainers = [.. Enumerable.Range(0, initContainers).Select(number => new Container { Name = $"i{number}" })],
            },
            Status = Pipeline.Read<Pod>($"{{\"status\":{status}}}").Status,
        };
        var row = new PodKind().Row(pod, Now);
        Assert.True(expected == $"{row["Ready"]} {row["Status"]} {row["Restarts"]}", $"{id}: {row["Ready"]} {row["Status"]} {row["Restarts"]}");
    }

    [Fact]
    public void A_started_sidecar_counts_as_a_container()
    {
        var pod = Pipeline.Read<Pod>($$"""
            {"spec":{"initContainers":[{"name":"s","restartPolicy":"Always"}],"containers":[{"name":"c"}]},
             "status":{"phase":"Running","initContainerStatuses":[{"name":"s","started":true,"ready":true,"restartCount":1,"state":{{Running}} }],
                       "containerStatuses":[{"name":"c","ready":true,"restartCount":2,"state":{{Running}} }] } }
            """);
        var row = new PodKind().Row(pod, Now);
        Assert.Equal(("2/2", "Running", "3"), (row["Ready"], row["Status"], row["Restarts"]));
    }

    [Fact]
    public void Wide_columns()
    {
        var pod = Pipeline.Read<Pod>("""
            {"spec":{"nodeName":"n1","readinessGates":[{"conditionType":"a/b"},{"conditionType":"c/d"}]},
             "status":{"podIPs":[{"ip":"10.244.1.2"}],"conditions":[{"type":"a/b","status":"True"}]}}
            """);
        var row = new PodKind().Row(pod, Now);
        Assert.Equal("10.244.1.2 n1 <none> 1/2", $"{row["IP"]} {row["Node"]} {row["Nominated Node"]} {row["Readiness Gates"]}");
        Assert.Equal("<none> <none> <none> <none>", string.Join(' ', new PodKind().Row(new Pod(), Now).Where(cell => cell.Key is "IP" or "Node" or "Nominated Node" or "Readiness Gates").Select(cell => cell.Value)));
    }
}
