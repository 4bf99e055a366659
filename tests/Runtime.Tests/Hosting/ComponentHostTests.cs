using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Runtime.Hosting;
using MiniK8s.Runtime.Tests.Doubles;

namespace MiniK8s.Runtime.Tests.Hosting;

public sealed class ComponentHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Components_run_until_they_are_cancelled_and_the_end_is_orderly()
    {
        using var stop = new CancellationTokenSource();
        Part[] parts = [new("one"), new("two")];
        var running = ComponentHost.RunAsync(parts, NullLoggerFactory.Instance, stop.Token);
        await ComponentHost.ReadyAsync(parts).WaitAsync(Limit);
        Assert.False(running.IsCompleted);

        await stop.CancelAsync();

        Assert.Equal(0, await running.WaitAsync(Limit));
        Assert.All(parts, part => Assert.True(part.Ended));
    }

    [Fact]
    public async Task One_that_fails_ends_all_and_its_message_is_logged()
    {
        var log = new LogRecorder();
        using var loggers = new LoggerFactory([new Provider(log)]);
        Part[] parts = [new("good"), new("bad") { Failure = "port 6443 is in use" }];

        Assert.Equal(1, await ComponentHost.RunAsync(parts, loggers).WaitAsync(Limit));

        Assert.True(parts[0].Ended);
        Assert.Equal(["bad: port 6443 is in use"], log.At(LogLevel.Critical));
    }

    [Fact]
    public async Task One_that_ends_by_itself_ends_all_too()
    {
        Part[] parts = [new("good"), new("short") { IsShort = true }];

        Assert.Equal(1, await ComponentHost.RunAsync(parts, NullLoggerFactory.Instance).WaitAsync(Limit));
    }

    [Fact]
    public async Task Readiness_fails_with_the_first_component_that_cannot_start()
    {
        using var stop = new CancellationTokenSource();
        Part[] parts = [new("slow") { IsNeverReady = true }, new("bad") { Failure = "no kernel" }];
        var running = ComponentHost.RunAsync(parts, NullLoggerFactory.Instance, stop.Token);

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => ComponentHost.ReadyAsync(parts).WaitAsync(Limit));

        Assert.Equal("no kernel", failed.Message);
        Assert.Equal(1, await running.WaitAsync(Limit));
    }

    private sealed class Part(string name) : IComponent
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => name;

        public Task Ready => _ready.Task;

        internal string? Failure { get; init; }

        internal bool IsShort { get; init; }

        internal bool IsNeverReady { get; init; }

        internal bool Ended { get; private set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                var failure = new InvalidOperationException(Failure);
                _ready.TrySetException(failure);
                throw failure;
            }

            if (!IsNeverReady)
            {
                _ready.TrySetResult();
            }

            if (!IsShort)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            Ended = true;
        }
    }

    private sealed class Provider(ILogger log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void Dispose()
        {
        }
    }
}
