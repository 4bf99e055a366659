using Microsoft.Extensions.Logging;

namespace MiniK8s.ControllerManager.Tests.World;

/// <summary>Warnings and errors of the parts under test, in the output of the test that ran them.</summary>
internal sealed class TestOutputLogs : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Lines(TestContext.Current.TestOutputHelper, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("logs of tests go to their output only");

    public void Dispose()
    {
        // Owns nothing.
    }

    private sealed class Lines(ITestOutputHelper? output, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            try
            {
                output?.WriteLine($"{logLevel} {category}: {formatter(state, exception)} {exception?.Message}");
            }
            catch (InvalidOperationException)
            {
                // The test is over.
            }
        }
    }
}
