using MiniK8s.Api.Core.V1;
using MiniK8s.Runtime.Events;

namespace MiniK8s.Runtime.Tests.Events;

public sealed class EventMemoryTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly EventMemory memory = new();

    private EventMemory.Repeat? Note(string name, string message, double second = 0) =>
        memory.Note(new Occurrence(new ObjectReference { Kind = "Pod", Namespace = "default", Name = name }, "Normal", "Pulled", message, Start.AddSeconds(second)));

    [Fact]
    public void Repetition_raises_the_count_of_the_first_and_keeps_its_time()
    {
        var first = Note("a", "x");
        var second = Note("a", "x", 7);
        Assert.Same(first, second);
        Assert.Equal((2, Start), (second!.Count, second.First));
    }

    [Fact]
    public void Another_text_or_object_is_another_event()
    {
        var first = Note("a", "x");
        Assert.NotSame(first, Note("a", "y"));
        Assert.NotSame(first, Note("b", "x"));
        Assert.Equal(1, first!.Count);
    }

    [Fact]
    public void Object_that_floods_is_passed_over_and_others_are_not()
    {
        for (var i = 0; i < 25; i++) Assert.NotNull(Note("a", $"{i}"));
        Assert.Null(Note("a", "one too many"));
        Assert.NotNull(Note("b", "x"));
    }

    [Fact]
    public void After_five_minutes_one_more_is_allowed()
    {
        for (var i = 0; i < 25; i++) Note("a", $"{i}");
        Assert.Null(Note("a", "x", 299));
        Assert.NotNull(Note("a", "x", 301));
        Assert.Null(Note("a", "x", 302));
    }
}
