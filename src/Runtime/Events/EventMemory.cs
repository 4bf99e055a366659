using MiniK8s.Api.Core.V1;

namespace MiniK8s.Runtime.Events;

/// <summary>Something that happened to an object.</summary>
internal sealed record Occurrence(ObjectReference About, string Type, string Reason, string Message, DateTimeOffset Time);

/// <summary>
/// Which events were written already, so that a repetition becomes a count, and how many an object had lately, so that one object
/// cannot flood the store (client-go's EventCorrelator: bursts of 25, then one in five minutes). Not thread-safe.
/// </summary>
internal sealed class EventMemory
{
    private const int Capacity = 4096;
    private const double Burst = 25;
    private static readonly TimeSpan OneMore = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Object, string Text), Repeat> known = [];
    private readonly Dictionary<string, (double Tokens, DateTimeOffset Time)> budgets = [];

    /// <summary>Notes the occurrence; null when the object has used up what it may say.</summary>
    public Repeat? Note(Occurrence occurrence)
    {
        var about = occurrence.About;
        var subject = $"{about.Kind}/{about.Namespace}/{about.Name}/{about.Uid}/{about.FieldPath}";
        if (!Spend(subject, occurrence.Time)) return null;

        var key = (subject, $"{occurrence.Type}/{occurrence.Reason}/{occurrence.Message}");
        if (!known.TryGetValue(key, out var repeat))
        {
            // Rather forget everything than grow: the price is a second event where a count could have been raised.
            if (known.Count >= Capacity) known.Clear();
            known[key] = repeat = new Repeat(occurrence.Time);
        }

        repeat.Count++;
        return repeat;
    }

    private bool Spend(string subject, DateTimeOffset now)
    {
        if (budgets.Count >= Capacity) budgets.Clear();
        var (tokens, time) = budgets.GetValueOrDefault(subject, (Burst, now));
        tokens = Math.Min(Burst, tokens + ((now - time) / OneMore));
        budgets[subject] = (tokens >= 1 ? tokens - 1 : tokens, now);
        return tokens >= 1;
    }

    /// <summary>One event and its repetitions.</summary>
    internal sealed class Repeat(DateTimeOffset first)
    {
        /// <summary>When it was first seen.</summary>
        public DateTimeOffset First { get; } = first;

        /// <summary>How often it was seen.</summary>
        public int Count { get; set; }

        /// <summary>The name of the Event object; null before it is written.</summary>
        public string? Name { get; set; }
    }
}
