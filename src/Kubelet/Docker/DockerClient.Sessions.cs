using System.Net;
using MiniK8s.Kubelet.Docker.Wire;

namespace MiniK8s.Kubelet.Docker;

public sealed partial class DockerClient
{
    /// <summary>The engine has no way to wait for an exec; its output usually ends a moment before the engine knows the exit code.</summary>
    private static readonly TimeSpan ExecPoll = TimeSpan.FromMilliseconds(20);

    public async Task<IProcessSession> ExecAsync(string container, ExecSpec spec, CancellationToken cancellationToken = default)
    {
        var create = DockerRequest.Post(PathOf(container, "/exec")).WithBody(ExecBodyOf(spec), DockerJson.Default.ExecCreateBody);
        var id = (await _transport.ReadAsync(create, DockerJson.Default.CreatedBody, cancellationToken)).Id;
        var start = DockerRequest.Post($"/exec/{id}/start").WithBody(new ExecStartBody(Detach: false, spec.Tty), DockerJson.Default.ExecStartBody);
        var connection = await _transport.HijackAsync(start, cancellationToken);
        var target = new SessionTarget(
            spec.Tty,
            (columns, rows, token) => ResizeAsync($"/exec/{id}/resize", columns, rows, token),
            token => ExecExitCodeAsync(id, token));
        return new ProcessSession(connection, target, _transport);
    }

    public async Task<IProcessSession> AttachAsync(string container, AttachSpec spec, CancellationToken cancellationToken = default)
    {
        var details = await FindContainerAsync(container, cancellationToken)
            ?? throw new DockerApiException(HttpStatusCode.NotFound, $"No such container: {container}");
        var request = DockerRequest.Post(PathOf(details.Id, "/attach"))
            .With("stream", true)
            .With("stdin", spec.Stdin)
            .With("stdout", spec.Stdout)
            .With("stderr", spec.Stderr);
        var connection = await _transport.HijackAsync(request, cancellationToken);
        var target = new SessionTarget(
            details.Tty,
            (columns, rows, token) => ResizeAsync(PathOf(details.Id, "/resize"), columns, rows, token),
            token => WaitContainerAsync(details.Id, token));
        return new ProcessSession(connection, target, _transport);
    }

    private static ExecCreateBody ExecBodyOf(ExecSpec spec) => new()
    {
        Cmd = spec.Command,
        AttachStdin = spec.Stdin,
        AttachStdout = spec.Stdout,
        AttachStderr = spec.Stderr,
        Tty = spec.Tty,
        Env = spec.Environment.Count == 0 ? null : [.. spec.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
        WorkingDir = spec.WorkingDirectory,
        User = spec.User,
    };

    private Task ResizeAsync(string path, int columns, int rows, CancellationToken cancellationToken) =>
        _transport.SendAsync(DockerRequest.Post(path).With("w", columns).With("h", rows), cancellationToken);

    private async Task<int> ExecExitCodeAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var body = await _transport.ReadAsync(DockerRequest.Get($"/exec/{id}/json"), DockerJson.Default.ExecBody, cancellationToken);
            if (!body.Running && body.ExitCode is { } code)
            {
                return code;
            }

            await Task.Delay(ExecPoll, _clock, cancellationToken);
        }
    }
}
