using System.Net;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Images;

namespace MiniK8s.Kubelet.Tests.Docker;

[Collection(nameof(EngineTests))]
public sealed class ContainerLifeTests(EngineFixture fixture)
{
    private const string WaitForTerm = "trap 'exit 3' TERM; echo ready; while :; do sleep 600 & wait $!; done";

    [Fact]
    public async Task A_container_is_created_started_stopped_and_removed()
    {
        var client = fixture.Client;
        var name = fixture.NewName();
        var id = await client.CreateContainerAsync(
            new ContainerSpec { Name = name, Image = LocalImages.Example, Entrypoint = ["sh", "-c", WaitForTerm] });
        var created = await client.FindContainerAsync(name);
        await client.StartContainerAsync(id);
        var running = await client.FindContainerAsync(id);
        await client.StartContainerAsync(id);
        await UntilReadyAsync(id);
        await client.StopContainerAsync(id, TimeSpan.FromSeconds(10));
        var ended = await client.FindContainerAsync(id);
        await client.StopContainerAsync(id, TimeSpan.FromSeconds(10));
        await client.RemoveContainerAsync(id);
        await client.RemoveContainerAsync(id);

        Assert.Equal(id, created!.Id);
        Assert.Equal(name, created.Name);
        Assert.Equal(LocalImages.Example, created.Image);
        Assert.Equal((ContainerPhase.Created, 0, null), (created.State.Phase, created.State.Pid, created.State.StartedAt));
        Assert.Equal(ContainerPhase.Running, running!.State.Phase);
        Assert.True(running.State.Pid > 0);
        Assert.NotNull(running.State.StartedAt);
        Assert.Null(running.State.FinishedAt);
        Assert.Equal((ContainerPhase.Exited, 3), (ended!.State.Phase, ended.State.ExitCode));
        Assert.True(ended.State.FinishedAt >= ended.State.StartedAt);
        Assert.Null(await client.FindContainerAsync(id));
    }

    [Fact]
    public async Task A_container_that_ignores_the_stop_signal_is_killed_after_the_grace()
    {
        var id = await fixture.RunAsync("trap '' TERM; while :; do sleep 600; done");

        await fixture.Client.StopContainerAsync(id, TimeSpan.FromSeconds(1));

        Assert.Equal(137, (await fixture.Client.FindContainerAsync(id))!.State.ExitCode);
    }

    [Fact]
    public async Task Waiting_returns_the_exit_code_also_after_the_end()
    {
        var id = await fixture.RunAsync("exit 42");

        Assert.Equal(42, await fixture.Client.WaitContainerAsync(id));
        Assert.Equal(42, await fixture.Client.WaitContainerAsync(id));
    }

    [Fact]
    public async Task A_signal_reaches_the_first_process()
    {
        var id = await fixture.RunAsync("trap 'exit 7' HUP; echo ready; while :; do sleep 600 & wait $!; done");
        await UntilReadyAsync(id);

        await fixture.Client.KillContainerAsync(id, "SIGHUP");

        Assert.Equal(7, await fixture.Client.WaitContainerAsync(id));
    }

    [Fact]
    public async Task Lists_hold_containers_of_all_phases_with_all_the_labels()
    {
        var client = fixture.Client;
        var group = fixture.NewName();
        var created = await client.CreateContainerAsync(Labelled(group, "created"));
        var running = await fixture.RunAsync(WaitForTerm, spec => spec with { Labels = Labels(group, "running") });
        var ended = await fixture.RunAsync("true", spec => spec with { Labels = Labels(group, "ended") });
        await client.WaitContainerAsync(ended);

        var all = await client.ListContainersAsync([$"group={group}"]);
        var one = await client.ListContainersAsync([$"group={group}", "role=running"]);
        var none = await client.ListContainersAsync([$"group={group}", "role=absent"]);

        Assert.Equivalent(new[] { created, running, ended }, all.Select(container => container.Id), strict: true);
        Assert.Equivalent(
            new[] { ContainerPhase.Created, ContainerPhase.Running, ContainerPhase.Exited }, all.Select(container => container.Phase), strict: true);
        Assert.Equal(running, Assert.Single(one).Id);
        Assert.Equal("running", one[0].Labels["role"]);
        Assert.Empty(none);
    }

    [Fact]
    public async Task Removing_ends_a_running_container_and_takes_its_anonymous_volumes()
    {
        var client = fixture.Client;
        var id = await fixture.RunAsync(
            WaitForTerm, spec => spec with { Mounts = [new ContainerMount(MountKind.Volume, "", "/data")] });
        var volume = Assert.Single((await client.FindContainerAsync(id))!.Mounts);
        Assert.True(Directory.Exists(volume.Source));

        await client.RemoveContainerAsync(id);

        Assert.Null(await client.FindContainerAsync(id));
        Assert.False(Directory.Exists(volume.Source));
    }

    [Fact]
    public async Task A_renamed_container_is_found_by_its_new_name()
    {
        var id = await fixture.RunAsync("true");
        var name = fixture.NewName();

        await fixture.Client.RenameContainerAsync(id, name);

        Assert.Equal(id, (await fixture.Client.FindContainerAsync(name))!.Id);
    }

    [Fact]
    public async Task A_taken_name_and_a_missing_image_are_refused_with_the_engines_words()
    {
        var client = fixture.Client;
        var name = fixture.NewName();
        await client.CreateContainerAsync(new ContainerSpec { Name = name, Image = LocalImages.Example });

        var taken = await Assert.ThrowsAsync<DockerApiException>(
            () => client.CreateContainerAsync(new ContainerSpec { Name = name, Image = LocalImages.Example }));
        var missing = await Assert.ThrowsAsync<DockerApiException>(
            () => client.CreateContainerAsync(new ContainerSpec { Name = fixture.NewName(), Image = "minik8s/absent:1" }));

        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains("already in use", taken.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("No such image: minik8s/absent:1", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_fails_the_start_and_shows_in_the_state()
    {
        var client = fixture.Client;
        var id = await client.CreateContainerAsync(
            new ContainerSpec { Name = fixture.NewName(), Image = LocalImages.Example, Entrypoint = ["/no/such/program"] });

        var refused = await Assert.ThrowsAsync<DockerApiException>(() => client.StartContainerAsync(id));

        Assert.Contains("/no/such/program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(127, (await client.FindContainerAsync(id))!.State.ExitCode);
    }

    /// <summary>Waits until a script has come to its first echo: before it has set its trap, a signal is lost on a first process.</summary>
    private async Task UntilReadyAsync(string id)
    {
        await foreach (var frame in fixture.Client.ReadLogsAsync(id, new LogRequest { Follow = true }))
        {
            Assert.NotEqual(0, frame.Data.Length);
            break;
        }
    }

    private ContainerSpec Labelled(string group, string role) =>
        new() { Name = fixture.NewName(), Image = LocalImages.Example, Labels = Labels(group, role) };

    private static Dictionary<string, string> Labels(string group, string role) => new() { ["group"] = group, ["role"] = role };
}
