using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Validation;
using MiniK8s.Api.Values;
using MiniK8s.ApiServer.Kinds.Rules;

namespace MiniK8s.ApiServer.Kinds;

/// <summary>Probes and hooks: what is called, and how often.</summary>
internal static class ProbeValidation
{
    private const string NoHandler = "must specify a handler type";
    private const string TwoHandlers = "may not specify more than 1 handler type";
    private const string HeaderForm =
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

    private static readonly string[] Schemes = ["HTTP", "HTTPS"];

    public static IEnumerable<FieldError> Validate(string container, Container value)
    {
        var errors = Probe($"{container}.livenessProbe", value.LivenessProbe).Concat(SucceedsOnce($"{container}.livenessProbe", value.LivenessProbe))
            .Concat(Probe($"{container}.readinessProbe", value.ReadinessProbe))
            .Concat(Probe($"{container}.startupProbe", value.StartupProbe)).Concat(SucceedsOnce($"{container}.startupProbe", value.StartupProbe))
            .Concat(Hook($"{container}.lifecycle.postStart", value.Lifecycle?.PostStart))
            .Concat(Hook($"{container}.lifecycle.preStop", value.Lifecycle?.PreStop));
        return value.ReadinessProbe?.TerminationGracePeriodSeconds is { } seconds
            ? errors.Append(FieldError.Invalid($"{container}.readinessProbe.terminationGracePeriodSeconds", seconds, "must not be set for readinessProbes"))
            : errors;
    }

    private static IEnumerable<FieldError> Probe(string field, Probe? probe)
    {
        if (probe is null) return [];
        IEnumerable<(string Name, long? Value)> numbers =
        [
            ("initialDelaySeconds", probe.InitialDelaySeconds), ("timeoutSeconds", probe.TimeoutSeconds), ("periodSeconds", probe.PeriodSeconds),
            ("successThreshold", probe.SuccessThreshold), ("failureThreshold", probe.FailureThreshold),
        ];
        var errors = Handler(field, new() { Exec = probe.Exec, HttpGet = probe.HttpGet, TcpSocket = probe.TcpSocket }, probe.Grpc)
            .Concat(numbers.SelectMany(number => FieldRules.NotNegative($"{field}.{number.Name}", number.Value)));
        return probe.TerminationGracePeriodSeconds <= 0
            ? errors.Append(FieldError.Invalid($"{field}.terminationGracePeriodSeconds", probe.TerminationGracePeriodSeconds, "must be greater than 0"))
            : errors;
    }

    private static IEnumerable<FieldError> SucceedsOnce(string field, Probe? probe)
    {
        if (probe is { SuccessThreshold: not (null or 1) }) yield return FieldError.Invalid($"{field}.successThreshold", probe.SuccessThreshold, "must be 1");
    }

    private static IEnumerable<FieldError> Hook(string field, LifecycleHandler? hook) => hook is null ? [] : Handler(field, hook, null);

    private static IEnumerable<FieldError> Handler(string field, LifecycleHandler handler, GRPCAction? grpc)
    {
        IEnumerable<(string Name, object? Action)> actions =
            [("exec", handler.Exec), ("httpGet", handler.HttpGet), ("tcpSocket", handler.TcpSocket), ("sleep", handler.Sleep), ("grpc", grpc)];
        var given = actions.Where(action => action.Action is not null).Select(action => action.Name).ToList();
        if (given.Count == 0) yield return FieldError.Required(field, NoHandler);
        foreach (var extra in given.Skip(1)) yield return FieldError.Forbidden($"{field}.{extra}", TwoHandlers);
        if (handler.Exec is { Command.Count: 0 }) yield return FieldError.Required($"{field}.exec.command");
        IEnumerable<FieldError> errors = [];
        if (handler.HttpGet is { } get) errors = HttpGet($"{field}.httpGet", get);
        if (handler.TcpSocket is { } socket) errors = errors.Concat(Port($"{field}.tcpSocket.port", socket.Port));
        if (grpc is not null) errors = errors.Concat(FieldRules.Port($"{field}.grpc.port", grpc.Port));
        if (handler.Sleep is { Seconds: <= 0 } sleep) errors = errors.Append(FieldError.Invalid($"{field}.sleep", sleep.Seconds, "must be greater than 0"));
        foreach (var error in errors) yield return error;
    }

    private static IEnumerable<FieldError> HttpGet(string field, HTTPGetAction action)
    {
        if (string.IsNullOrEmpty(action.Path)) yield return FieldError.Required($"{field}.path");
        foreach (var error in Port($"{field}.port", action.Port).Concat(FieldRules.OneOf($"{field}.scheme", action.Scheme, Schemes))) yield return error;
        for (var index = 0; index < action.HttpHeaders.Count; index++)
        {
            var name = action.HttpHeaders[index].Name;
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
                yield return FieldError.Invalid($"{field}.httpHeaders", name, HeaderForm);
        }
    }

    private static IEnumerable<FieldError> Port(string field, IntOrString? port) => FieldRules.PortNumberOrName(field, port);
}
