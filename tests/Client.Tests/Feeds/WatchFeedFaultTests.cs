using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using MiniK8s.Api.Core.V1;
using MiniK8s.Client.Feeds;
using MiniK8s.Client.Rest;
using MiniK8s.Client.Tests.Doubles;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Client.Tests.Feeds;

/// <summary>The watch feed on a server that answers as the test says: what a good server does not do.</summary>
public sealed class WatchFeedFaultTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _steps = new();
    private TestHttpServer? _server;
    private ApiClient? _client;
    private Task _reading = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _stop.Dispose();
    }

    [Fact]
    public async Task A_silent_watch_is_given_up_and_begun_again_from_the_last_version()
    {
        await ReadAsync(List("5"), Watch(Added("a", 7), hold: true), Watch(Added("b", 9), hold: true));
        await StepsAsync("Init", "Done 5", "Apply a");

        // The time limit of the list is over and gone; what is armed is the silence of the watch.
        _clock.Advance(TimeSpan.FromSeconds(99));
        Assert.Equal(2, _server!.Requests.Count);
        await AdvanceUntilAsync(3);

        await StepsAsync("Init", "Done 5", "Apply a", "Apply b");
        Assert.Contains("resourceVersion=7&", _server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bookmark_moves_the_version_from_which_the_watch_goes_on()
    {
        const string bookmark = """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"30"}}}""";
        await ReadAsync(List("5"), Watch(Added("a", 7) + "\n" + bookmark), Watch("", hold: true));

        await AdvanceUntilAsync(3);

        Assert.Contains("resourceVersion=30&", _server!.Requests.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""")]
    [InlineData("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"3"}}}""")]
    public async Task A_version_that_is_too_old_or_in_the_past_leads_to_a_new_list(string line)
    {
        await ReadAsync(List("5"), Watch(line), List("40"), Watch("", hold: true));

        await AdvanceUntilAsync(4);

        await StepsAsync("Init", "Done 5", "Init", "Done 40");
    }

    [Fact]
    public async Task A_watch_that_breaks_goes_on_without_a_list()
    {
        await ReadAsync(List("5"), context => Abort(context), Watch(Added("a", 7), hold: true));

        await AdvanceUntilAsync(3);

        await StepsAsync("Init", "Done 5", "Apply a");
    }

    [Fact]
    public async Task A_list_whose_second_page_is_gone_begins_again()
    {
        await ReadAsync(List("5", "next"), Refuse(410, "Expired"), List("8"), Watch("", hold: true));

        await AdvanceUntilAsync(4);

        await StepsAsync("Init", "Init", "Done 8");
        Assert.Equal(
            ["GET /api/v1/configmaps?limit=500", "GET /api/v1/configmaps?limit=500&continue=next", "GET /api/v1/configmaps?limit=500"],
            _server!.Requests.Take(3));
    }

    [Fact]
    public async Task A_server_that_refuses_is_asked_again_with_growing_pauses()
    {
        await ReadAsync([.. Enumerable.Repeat(Refuse(403, "Forbidden"), 8), List("5"), Watch("", hold: true)]);
        var start = _clock.GetTimestamp();

        await AdvanceUntilAsync(9);

        var seconds = _clock.GetElapsedTime(start).TotalSeconds;
        Assert.InRange(seconds, 10, 30);
    }

    [Theory]
    [InlineData(0, 50, 100)]
    [InlineData(3, 400, 800)]
    [InlineData(20, 5000, 10000)]
    public void Pauses_double_up_to_the_longest_and_vary_by_half(int failures, double least, double most)
    {
        for (var i = 0; i < 50; i++)
        {
            var backoff = new Backoff(new BackoffOptions(), new Random(i));
            for (var n = 0; n < failures; n++)
            {
                backoff.Next();
            }

            Assert.InRange(backoff.Next().TotalMilliseconds, least, most);
        }
    }

    [Fact]
    public void A_healthy_time_begins_the_pauses_anew()
    {
        var backoff = new Backoff(new BackoffOptions());
        for (var i = 0; i < 10; i++)
        {
            backoff.Next();
        }

        backoff.Worked(TimeSpan.FromSeconds(1));
        Assert.True(backoff.Next() >= TimeSpan.FromSeconds(5), "a short success does not count");
        backoff.Worked(TimeSpan.FromSeconds(5));
        Assert.True(backoff.Next() <= TimeSpan.FromMilliseconds(100), "a long one does");
    }

    // Each request gets the next answer; the last one stays.
    private async Task ReadAsync(params RequestDelegate[] answers)
    {
        var next = -1;
        _server = await TestHttpServer.StartAsync(context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context));
        _client = new ApiClient(_server.Config, _clock);
        var feed = new WatchFeed(_client, _clock);
        _reading = Task.Run(async () =>
        {
            await foreach (var step in feed.ReadAsync<ConfigMap>(FeedScope.All, _stop.Token))
            {
                _steps.Enqueue(step switch
                {
                    FeedEvent<ConfigMap>.InitDone(var revision) => $"Done {revision}",
                    FeedEvent<ConfigMap>.Apply(var value) => $"Apply {value.Metadata.Name}",
                    _ => step.GetType().Name,
                });
            }
        });
    }

    private Task StepsAsync(params string[] steps) => Eventually.TrueAsync(
        () => _steps.SequenceEqual(steps) ? true : throw new InvalidOperationException(string.Join(", ", _steps)),
        $"the steps are {string.Join(", ", steps)}");

    // Time passes in small steps until the server has had so many requests.
    private Task AdvanceUntilAsync(int requests) => Eventually.TrueAsync(
        () =>
        {
            if (_server!.Requests.Count >= requests)
            {
                return true;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return false;
        },
        $"{requests} requests were made");

    private static RequestDelegate List(string version, string? next = null) => context => context.Response.WriteAsync(
        $$$"""{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"{{{version}}}","continue":"{{{next}}}"},"items":[]}""");

    private static RequestDelegate Watch(string lines, bool hold = false) => async context =>
    {
        await context.Response.WriteAsync(lines.Length == 0 ? "" : lines + "\n");
        await context.Response.Body.FlushAsync();
        if (hold)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    };

    private static RequestDelegate Refuse(int code, string reason) => context =>
    {
        context.Response.StatusCode = code;
        return context.Response.WriteAsync($$"""{"kind":"Status","code":{{code}},"reason":"{{reason}}","message":"no"}""");
    };

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static string Added(string name, int version) =>
        $$$$"""{"type":"ADDED","object":{"metadata":{"name":"{{{{name}}}}","namespace":"n","resourceVersion":"{{{{version}}}}"}}}""";
}
