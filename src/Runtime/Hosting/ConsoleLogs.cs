using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MiniK8s.Runtime.Hosting;

/// <summary>Logs of a process: one line each on standard error, so that standard output stays the command's answer.</summary>
public static class ConsoleLogs
{
    /// <summary>A factory for a verbosity as Kubernetes' components take it with <c>-v</c>.</summary>
    /// <param name="verbosity">0: warnings; 1 to 3: what happens; 4 and more: why.</param>
    public static ILoggerFactory Create(int verbosity) => LoggerFactory.Create(builder => Configure(builder, verbosity));

    /// <summary>Adds the same to a host that builds its own factory.</summary>
    public static void Configure(ILoggingBuilder builder, int verbosity)
    {
        var level = verbosity switch { <= 0 => LogLevel.Warning, <= 3 => LogLevel.Information, _ => LogLevel.Debug };
        builder.SetMinimumLevel(level);
        // The web server and the HTTP client tell of every request; that is wanted only when somebody looks for the why of the why.
        builder.AddFilter("Microsoft", verbosity > 6 ? LogLevel.Debug : LogLevel.Warning);
        builder.AddFilter("System.Net.Http", verbosity > 6 ? LogLevel.Debug : LogLevel.Warning);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = true;
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
