using MiniK8s.Runtime.Queues;
using MiniK8s.TestKit.Time;

namespace MiniK8s.Runtime.Tests.Queues;

/// <summary>Random steps on the queue and on a model so simple that it is obviously right; both must agree after each step.</summary>
public sealed class WorkQueueModelTests
{
    private static readonly string[] Items = ["a", "b", "c", "d"];

    [Fact]
    public async Task Queue_and_model_agree_on_random_steps()
    {
        var seed = Environment.GetEnvironmentVariable("MINIK8S_TEST_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed} (MINIK8S_TEST_SEED repeats it)");
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            await RunAsync(random, $"seed {seed}, run {run}");
        }
    }

    private static async Task RunAsync(Random random, string name)
    {
        var clock = new ManualClock();
        using var queue = new WorkQueue<string>(clock);
        var model = new Model();
        for (var step = 0; step < 100; step++)
        {
            var item = Items[random.Next(Items.Length)];
            switch (random.Next(5))
            {
                case 0:
                    queue.Add(item);
                    model.Add(item);
                    break;
                case 1:
                    var delay = random.Next(0, 20);
                    queue.AddAfter(item, TimeSpan.FromSeconds(delay));
                    model.AddAfter(item, delay);
                    break;
                case 2:
                    clock.Advance(TimeSpan.FromSeconds(3));
                    model.Advance(3);
                    break;
                case 3 when model.Ready.Count > 0:
                    var taken = await queue.TakeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
                    Assert.True(taken.Item == model.Take(), $"{name}, step {step}: the queue handed out {taken.Item}");
                    break;
                case 4 when model.Processing.Count > 0:
                    var done = model.Processing.Order(StringComparer.Ordinal).First();
                    queue.Done(done);
                    model.Done(done);
                    break;
            }

            Assert.True(model.Count == queue.Count, $"{name}, step {step}: {model.Count} items expected, the queue has {queue.Count}");
        }
    }

    private sealed class Model
    {
        private readonly Dictionary<string, (int Due, int Number)> _delayed = [];
        private readonly HashSet<string> _again = [];
        private int _now;
        private int _number;

        internal List<string> Ready { get; } = [];

        internal HashSet<string> Processing { get; } = [];

        internal int Count => Ready.Count + _again.Count + _delayed.Count;

        internal void Add(string item)
        {
            _delayed.Remove(item);
            if (Processing.Contains(item))
            {
                _again.Add(item);
            }
            else if (!Ready.Contains(item))
            {
                Ready.Add(item);
            }
        }

        internal void AddAfter(string item, int delay)
        {
            if (delay == 0)
            {
                Add(item);
            }
            else if (!Ready.Contains(item) && !_again.Contains(item) && !(_delayed.TryGetValue(item, out var held) && held.Due <= _now + delay))
            {
                _delayed[item] = (_now + delay, ++_number);
            }
        }

        internal void Advance(int by)
        {
            for (var end = _now + by; _now < end;)
            {
                _now++;
                foreach (var item in _delayed.Where(entry => entry.Value.Due <= _now).OrderBy(entry => entry.Value).Select(entry => entry.Key).ToList())
                {
                    Add(item);
                }
            }
        }

        internal string Take()
        {
            var item = Ready[0];
            Ready.RemoveAt(0);
            Processing.Add(item);
            return item;
        }

        internal void Done(string item)
        {
            Processing.Remove(item);
            if (_again.Remove(item))
            {
                Ready.Add(item);
            }
        }
    }
}
