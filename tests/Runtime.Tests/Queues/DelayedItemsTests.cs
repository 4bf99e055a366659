using MiniK8s.Runtime.Queues;

namespace MiniK8s.Runtime.Tests.Queues;

public sealed class DelayedItemsTests
{
    private readonly DelayedItems<string> _items = new();

    [Fact]
    public void Items_come_in_the_order_of_their_times()
    {
        _items.Add("late", 30);
        _items.Add("early", 10);
        _items.Add("middle", 20);

        Assert.Equal(["early", "middle", "late"], TakeAll(100));
    }

    [Fact]
    public void Nothing_comes_before_its_time()
    {
        _items.Add("a", 10);

        Assert.Empty(TakeAll(9));
        Assert.Equal(10, _items.Next);
    }

    [Fact]
    public void An_item_moved_earlier_comes_once_and_early()
    {
        _items.Add("a", 30);
        _items.Add("a", 10);

        Assert.Equal(10, _items.Next);
        Assert.Equal(["a"], TakeAll(100));
        Assert.Null(_items.Next);
    }

    [Fact]
    public void A_removed_item_does_not_come()
    {
        _items.Add("a", 10);
        _items.Add("b", 20);
        _items.Remove("a");

        Assert.Equal(20, _items.Next);
        Assert.Equal(["b"], TakeAll(100));
    }

    [Fact]
    public void An_item_added_again_after_removal_comes_at_the_new_time()
    {
        _items.Add("a", 10);
        _items.Remove("a");
        _items.Add("a", 20);

        Assert.Equal(20, _items.Next);
        Assert.Equal(1, _items.Count);
    }

    private List<string> TakeAll(long now)
    {
        var taken = new List<string>();
        while (_items.TryTake(now, out var item))
        {
            taken.Add(item);
        }

        return taken;
    }
}
