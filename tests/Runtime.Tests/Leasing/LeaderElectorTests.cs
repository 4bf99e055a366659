using Microsoft.Extensions.Logging.Abstractions;
using MiniK8s.Runtime.Leasing;
using MiniK8s.Runtime.Tests.Doubles;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Runtime.Tests.Leasing;

public sealed class LeaderElectorTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();
    private readonly LeaseServer _server = new();
    private readonly List<Candidate> _candidates = [];

    public async ValueTask DisposeAsync()
    {
        _server.Hangs = false;
        foreach (var candidate in _candidates)
        {
            await candidate.StopAsync();
            candidate.Dispose();
        }
    }

    [Fact]
    public async Task The_first_candidate_creates_the_lease_and_leads()
    {
        var one = Start("one");

        await one.LeadsAsync();
        Assert.Equal("one", _server.Spec?.HolderIdentity);
        Assert.Equal(15, _server.Spec?.LeaseDurationSeconds);
        Assert.Equal(0, _server.Spec?.LeaseTransitions);
    }

    [Fact]
    public async Task The_leader_renews_and_the_other_waits()
    {
        var one = Start("one");
        await one.LeadsAsync();
        var two = Start("two");
        var acquired = _server.Spec?.AcquireTime;

        await PassAsync(TimeSpan.FromSeconds(60));

        Assert.True(one.Works);
        Assert.False(two.Works);
        Assert.Equal(acquired, _server.Spec?.AcquireTime);
        Assert.True(_server.Spec?.RenewTime > acquired + TimeSpan.FromSeconds(50), "the lease was renewed to the end");
    }

    [Fact]
    public async Task A_leader_that_stops_gives_the_lease_back_and_the_other_takes_it_at_once()
    {
        var one = Start("one");
        await one.LeadsAsync();
        var two = Start("two");

        await one.StopAsync();
        Assert.Equal("", _server.Spec?.HolderIdentity ?? "");
        await PassAsync(TimeSpan.FromSeconds(5));

        await two.LeadsAsync();
        Assert.Equal(1, _server.Spec?.LeaseTransitions);
    }

    [Fact]
    public async Task A_vanished_leaders_lease_is_taken_after_its_duration_and_not_before()
    {
        _server.Overwrite("vanished");
        var two = Start("two");
        await PassAsync(TimeSpan.FromSeconds(14));
        Assert.False(two.Works);

        await PassAsync(TimeSpan.FromSeconds(6));

        await two.LeadsAsync();
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_stops_its_work_before_another_may_begin()
    {
        var one = Start("one");
        await one.LeadsAsync();
        _server.Down = true;

        await PassAsync(TimeSpan.FromSeconds(8));
        Assert.True(one.Works, "within the deadline it goes on");
        await PassAsync(TimeSpan.FromSeconds(4));

        await Eventually.TrueAsync(() => !one.Works, "the work was cancelled");
    }

    [Fact]
    public async Task A_server_that_hangs_counts_as_one_that_fails()
    {
        var one = Start("one");
        await one.LeadsAsync();
        _server.Hangs = true;

        await PassAsync(TimeSpan.FromSeconds(13));

        await Eventually.TrueAsync(() => !one.Works, "the work was cancelled");
    }

    [Fact]
    public async Task A_leader_whose_lease_was_taken_stops_at_its_next_renewal()
    {
        var one = Start("one");
        await one.LeadsAsync();
        _server.Overwrite("thief");

        await PassAsync(TimeSpan.FromSeconds(5));

        await Eventually.TrueAsync(() => !one.Works, "the work was cancelled");
        Assert.Equal("thief", _server.Spec?.HolderIdentity);
    }

    [Fact]
    public async Task A_leader_leads_again_after_the_server_was_away()
    {
        var one = Start("one");
        await one.LeadsAsync();
        _server.Down = true;
        await PassAsync(TimeSpan.FromSeconds(12));
        await Eventually.TrueAsync(() => !one.Works, "the work was cancelled");

        _server.Down = false;
        await PassAsync(TimeSpan.FromSeconds(10));

        await one.LeadsAsync();
        Assert.Equal(2, one.Terms);
    }

    [Fact]
    public async Task A_work_that_fails_is_begun_again()
    {
        var one = Start("one", failures: 1);

        await Eventually.TrueAsync(() => one.Terms == 1, "the work began");
        await PassAsync(TimeSpan.FromSeconds(6));

        await one.LeadsAsync();
        Assert.Equal(2, one.Terms);
    }

    [Fact]
    public async Task Two_candidates_never_work_at_the_same_time_whatever_fails()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var all = new[] { Start("one"), Start("two"), Start("three") };
        for (var step = 0; step < 200; step++)
        {
            _server.Down = random.Next(3) == 0;
            await PassAsync(Second);
            Assert.True(all.Count(candidate => candidate.Works) <= 1, $"seed {seed}, second {step}: two work at once");
        }
    }

    [Fact]
    public async Task Lengths_in_the_wrong_order_are_refused_by_name()
    {
        var options = new LeaderElectionOptions { Name = "l", Identity = "one", RenewDeadline = TimeSpan.FromSeconds(20) };
        var elector = new LeaderElector(_server, options, _clock, NullLogger.Instance);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => elector.RunAsync(_ => Task.CompletedTask, default));
        Assert.Contains("RenewDeadline", refused.Message, StringComparison.Ordinal);
    }

    private Candidate Start(string name, int failures = 0)
    {
        var elector = new LeaderElector(_server, new LeaderElectionOptions { Name = "l", Identity = name }, _clock, NullLogger.Instance);
        var candidate = new Candidate(elector, failures);
        _candidates.Add(candidate);
        return candidate;
    }

    // Time passes in steps, and every candidate comes to rest (waits for its next moment) in between.
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Second / 4)
        {
            await Task.WhenAll(_candidates.Where(candidate => !candidate.Stopped).Select(candidate => candidate.RestsAsync()));
            await _clock.ArmedAsync(_candidates.Count(candidate => !candidate.Stopped));
            _clock.Advance(Second / 4);
        }

        await _clock.ArmedAsync(_candidates.Count(candidate => !candidate.Stopped));
    }

    private sealed class Candidate : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly LeaderElector _elector;
        private readonly Task _running;
        private volatile int _working;
        private int _failures;

        internal Candidate(LeaderElector elector, int failures)
        {
            _elector = elector;
            _failures = failures;
            _running = elector.RunAsync(WorkAsync, _stop.Token);
        }

        internal bool Works => _working > 0;

        internal int Terms { get; private set; }

        internal bool Stopped => _stop.IsCancellationRequested;

        internal Task LeadsAsync() => Eventually.TrueAsync(() => Works, "the candidate leads");

        internal Task RestsAsync() => Eventually.TrueAsync(() => Works == _elector.IsLeader || Stopped, "the work follows the leadership");

        internal async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running.WaitAsync(TimeSpan.FromSeconds(10));
        }

        public void Dispose() => _stop.Dispose();

        private async Task WorkAsync(CancellationToken cancellationToken)
        {
            Terms++;
            if (_failures-- > 0)
            {
                throw new InvalidOperationException("the work fails");
            }

            Interlocked.Increment(ref _working);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _working);
            }
        }
    }
}
