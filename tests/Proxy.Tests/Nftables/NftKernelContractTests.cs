using System.ComponentModel;
using MiniK8s.Proxy.Model;
using MiniK8s.Proxy.Nftables;
using MiniK8s.Proxy.Tests.Kit.Nft;

namespace MiniK8s.Proxy.Tests.Nftables;

/// <summary>
/// What is relied on of the kernel. The fake is held to the same, so that a test that passes on it says something about the
/// kernel.
/// </summary>
public abstract class NftKernelContractTests
{
    private static readonly NftSet Addresses = new("addresses", "some", [NftField.Address]);
    private static readonly NftSet Map = new("map", "some", [NftField.Address], NftField.Address, NftField.Port);
    private static readonly NftSet Chains = new("chains", "some", [NftField.Address], NftField.Verdict);
    private static readonly NftSet Clients = new("clients", "some", [NftField.Address]) { Timeout = TimeSpan.FromSeconds(100) };
    private static readonly byte[] Key = [10, 0, 0, 1];
    private static readonly byte[] Value = [10, 0, 0, 9, 0, 80, 0, 0];

    private protected abstract INftKernel Kernel { get; }

    /// <summary>Carries out a transaction as another program would.</summary>
    private protected abstract void ChangeAsAnother(NftTransaction transaction);

    [Fact]
    public void A_table_is_there_once_it_was_made_and_gone_once_it_was_deleted()
    {
        Assert.False(Kernel.HasTable(IpFamily.V4));
        Do(t => t.NewTable());
        Assert.True(Kernel.HasTable(IpFamily.V4));
        Assert.False(Kernel.HasTable(IpFamily.V6));

        Do(t => t.DeleteTable());
        Assert.False(Kernel.HasTable(IpFamily.V4));
        Refuses(NftFault.NoSuchThing, t => t.DeleteTable());
    }

    [Fact]
    public void A_transaction_counts_whole_or_not_at_all()
    {
        Begin();
        Refuses(NftFault.NoSuchThing, t =>
        {
            t.NewChain("fresh");
            t.Add(Addresses, Key);
            t.Delete(Map, Key);
        });

        Assert.Empty(Read());
    }

    [Fact]
    public void A_check_changes_nothing_and_refuses_what_a_commit_would_refuse()
    {
        var before = Kernel.Generation();
        var transaction = Transaction(t => t.NewTable());
        Kernel.Check(transaction);
        Assert.False(Kernel.HasTable(IpFamily.V4));
        Assert.Equal(before, Kernel.Generation());

        Assert.Equal(NftFault.NoSuchThing, ErrorOf(Assert.Throws<NftException>(() => Kernel.Check(Transaction(t => t.DeleteTable())))));
    }

    [Fact]
    public void Every_commit_counts_one_generation()
    {
        var before = Kernel.Generation();
        Begin();
        Do(t => t.Add(Addresses, Key));

        Assert.Equal(before + 2, Kernel.Generation());
        Refuses(NftFault.NoSuchThing, t => t.Delete(Map, Key));
        Assert.Equal(before + 2, Kernel.Generation());
    }

    [Fact]
    public void Elements_are_added_read_and_deleted()
    {
        Begin();
        Do(t =>
        {
            t.Add(Addresses, Key);
            t.Add(Map, Key, Value);
            t.NewChain("target");
            t.AddGoto(Chains, Key, "target");
        });
        Assert.Equal(["chain target", "element addresses 0A000001 : ", "element chains 0A000001 : target", "element map 0A000001 : 0A00000900500000"], Read());

        Do(t =>
        {
            t.Delete(Addresses, Key);
            t.Delete(Map, Key);
            t.Delete(Chains, Key);
            t.DeleteChain("target");
        });
        Assert.Empty(Read());
    }

    [Fact]
    public void An_element_that_is_there_already_may_be_added_again_but_not_with_another_value()
    {
        Begin();
        Do(t =>
        {
            t.Add(Addresses, Key);
            t.Add(Map, Key, Value);
        });
        Do(t =>
        {
            t.Add(Addresses, Key);
            t.Add(Map, Key, Value);
        });

        Refuses(NftFault.Exists, t => t.Add(Map, Key, [10, 0, 0, 9, 0, 81, 0, 0]));
    }

    [Fact]
    public void An_element_can_change_its_value_in_one_transaction()
    {
        Begin();
        Do(t => t.Add(Map, Key, Value));
        Do(t =>
        {
            t.Add(Map, Key, [10, 0, 0, 9, 0, 81, 0, 0]);
            t.Delete(Map, Key);
        });

        Assert.Equal(["element map 0A000001 : 0A00000900510000"], Read());
    }

    [Fact]
    public void What_is_missing_cannot_be_deleted_or_led_to()
    {
        Begin();
        Refuses(NftFault.NoSuchThing, t => t.Delete(Addresses, Key));
        Refuses(NftFault.NoSuchThing, t => t.DeleteChain("nowhere"));
        Refuses(NftFault.NoSuchThing, t => t.DeleteSet(new NftSet("nothing", "", [NftField.Address])));
        Refuses(NftFault.NoSuchThing, t => t.AddGoto(Chains, Key, "nowhere"));
        Refuses(NftFault.NoSuchThing, t => t.AddRule("nowhere", rule => rule.Drop()));
        Refuses(NftFault.NoSuchThing, t => t.FlushChain("nowhere"));
        Refuses(NftFault.NoSuchThing, t =>
        {
            t.NewChain("one");
            t.AddRule("one", rule => rule.Goto("nowhere"));
        });
        Refuses(NftFault.NoSuchThing, t =>
        {
            t.NewChain("one");
            t.AddRule("one", rule => rule.SourceAddress(0).IsIn(new NftSet("nothing", "", [NftField.Address]), 0).Drop());
        });
    }

    [Fact]
    public void What_is_in_use_cannot_be_deleted()
    {
        Begin();
        Do(t =>
        {
            t.NewChain("by-rule");
            t.NewChain("by-element");
            t.NewChain("user");
            t.AddRule("user", rule => rule.SourceAddress(0).IsIn(Addresses, 0).Goto("by-rule"));
            t.AddGoto(Chains, Key, "by-element");
        });

        Refuses(NftFault.Busy, t => t.DeleteChain("by-rule"));
        Refuses(NftFault.Busy, t => t.DeleteChain("by-element"));
        Refuses(NftFault.Busy, t => t.DeleteSet(Addresses));
        Do(t =>
        {
            t.FlushChain("user");
            t.Delete(Chains, Key);
            t.DeleteChain("by-rule");
            t.DeleteChain("by-element");
            t.DeleteSet(Addresses);
        });
        Assert.Equal(["chain user"], Read());
    }

    [Fact]
    public void Keys_and_values_of_another_length_are_refused()
    {
        Begin();
        Refuses(NftFault.Invalid, t => t.Add(Addresses, [10, 0, 0]));
        Refuses(NftFault.Invalid, t => t.Add(Map, Key, [1, 2, 3, 4]));
        Refuses(NftFault.Invalid, t => t.Add(Map, Key));
    }

    [Fact]
    public void There_are_sixteen_registers()
    {
        Begin();
        Do(t =>
        {
            t.NewChain("one");
            t.AddRule("one", rule => rule.Number(15, 2, inTurn: false).Is(15, 0).Drop());
        });

        Refuses(NftFault.OutOfRange, t => t.AddRule("one", rule => rule.Number(16, 2, inTurn: false).Drop()));
        Refuses(NftFault.OutOfRange, t => t.AddRule("one", rule => rule.Constant(15, [1, 2, 3, 4, 5, 6, 7, 8]).Drop()));
    }

    [Fact]
    public void A_register_is_written_before_it_is_read()
    {
        Begin();
        Do(t => t.NewChain("one"));

        var transaction = Transaction(t => t.AddRule("one", rule => rule.Number(0, 2, inTurn: false).Is(1, 0).Drop()));
        var refusal = Record.Exception(() => Kernel.Commit(transaction));
        Assert.SkipWhen(refusal is null, "this kernel does not look for registers that nobody wrote (Linux 6.7 does)");
        Assert.Equal(NftFault.NoData, ErrorOf(Assert.IsType<NftException>(refusal)));
    }

    [Fact]
    public void Chains_that_lead_into_each_other_are_refused()
    {
        Begin();
        Refuses(NftFault.TooManyLinks, t =>
        {
            t.NewChain("one");
            t.NewChain("two");
            t.NewChain(new NftBaseChain("hook", "filter", NftHook.Input, 0));
            t.AddRule("hook", rule => rule.Jump("one"));
            t.AddRule("one", rule => rule.Jump("two"));
            t.AddRule("two", rule => rule.Jump("one"));
        });
    }

    [Fact]
    public void Translations_are_for_chains_of_type_nat_at_the_hooks_that_allow_them()
    {
        Begin();
        Refuses(NftFault.NotSupported, t =>
        {
            t.NewChain("to");
            t.AddRule("to", rule => rule.Constant(0, Key).Constant(1, [0, 80]).Translate(0, 1));
            t.NewChain(new NftBaseChain("hook", "filter", NftHook.Prerouting, -100));
            t.AddRule("hook", rule => rule.Jump("to"));
        });
        Refuses(NftFault.NotSupported, t =>
        {
            t.NewChain(new NftBaseChain("hook", "nat", NftHook.Prerouting, -100));
            t.AddRule("hook", rule => rule.Masquerade());
        });
    }

    [Fact]
    public void Rules_are_read_in_their_order_with_the_number_of_their_expressions()
    {
        Begin();
        Do(t =>
        {
            t.NewChain("one");
            t.AddRule("one", rule => rule.SourceAddress(0).IsIn(Addresses, 0).Drop());
            t.AddRule("one", rule => rule.Drop());
        });

        Assert.Equal(["chain one", "rule one 1", "rule one 3"], Read());
    }

    [Fact]
    public void What_expires_is_told_with_the_time_that_is_left()
    {
        Begin();
        Do(t => t.AddExpiring(Clients, Key, 50_000));
        var seen = new Visitor();
        Kernel.ReadElements(IpFamily.V4, "clients", seen);

        Assert.Equal(["element clients 0A000001 : "], seen.Lines);
        Assert.InRange(seen.Expiration, 1ul, 50_000ul);
        Kernel.ReadElements(IpFamily.V4, "nothing", seen);
        Kernel.ReadElements(IpFamily.V6, "clients", seen);
        Assert.Single(seen.Lines);
    }

    [Fact]
    public async Task Whoever_else_changes_the_table_is_told_of()
    {
        Begin();
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = Kernel.Watch(IpFamily.V4, who => heard.TrySetResult(who));
        Do(t => t.Add(Addresses, Key));
        ChangeAsAnother(Transaction(t => t.Add(Map, Key, Value)));

        Assert.Contains(", process ", await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_can_be_replaced_in_one_transaction()
    {
        Begin();
        Do(t => t.Add(Addresses, Key));
        Do(t =>
        {
            t.ReplaceTable();
            t.NewSet(Map);
            t.Add(Map, Key, Value);
        });

        Assert.Equal(["element map 0A000001 : 0A00000900500000"], Read());
    }

    [Theory]
    [InlineData(0, 1024)]
    [InlineData(700, 1400)]
    public void A_set_that_was_made_with_room_takes_twice_what_was_put_into_it_and_no_more(int first, int most)
    {
        Do(t =>
        {
            t.NewTable();
            t.NewSet(Addresses);
            for (var number = 0; number < first; number++) t.Add(Addresses, KeyOf(number));
            t.MakeRoom();
        });
        Do(t =>
        {
            for (var number = first; number < most; number++) t.Add(Addresses, KeyOf(number));
        });

        Refuses(NftFault.TooMany, t => t.Add(Addresses, KeyOf(most)));
        Assert.True(Assert.Throws<NftException>(() => Kernel.Commit(Transaction(t => t.Add(Addresses, KeyOf(most))))).IsForRoom);
        // One that goes makes room for another that comes with it.
        Do(t =>
        {
            t.Delete(Addresses, KeyOf(0));
            t.Add(Addresses, KeyOf(most));
        });
        Refuses(NftFault.TooMany, t => t.Add(Addresses, KeyOf(0)));
        Assert.Equal(most, Read().Length);
    }

    private static byte[] KeyOf(int number) => [10, 1, (byte)(number >> 8), (byte)number];

    private void Begin() => Do(t =>
    {
        t.NewTable();
        foreach (var set in (NftSet[])[Addresses, Map, Chains, Clients]) t.NewSet(set);
    });

    private void Do(Action<NftTransaction> write) => Kernel.Commit(Transaction(write));

    private void Refuses(int error, Action<NftTransaction> write) =>
        Assert.Equal(error, ErrorOf(Assert.Throws<NftException>(() => Kernel.Commit(Transaction(write)))));

    private static int ErrorOf(NftException exception) => Assert.IsAssignableFrom<Win32Exception>(exception.InnerException).NativeErrorCode;

    private static NftTransaction Transaction(Action<NftTransaction> write)
    {
        var transaction = new NftTransaction(IpFamily.V4);
        write(transaction);
        return transaction;
    }

    private string[] Read()
    {
        var seen = new Visitor();
        Kernel.Read(IpFamily.V4, seen);
        return [.. seen.Lines.Order(StringComparer.Ordinal)];
    }

    private sealed class Visitor : INftVisitor
    {
        public List<string> Lines { get; } = [];

        public ulong Expiration { get; private set; }

        public void Chain(string name) => Lines.Add($"chain {name}");

        public void Rule(string chain, int expressions) => Lines.Add($"rule {chain} {expressions}");

        public void Element(string set, NftElement element)
        {
            Lines.Add($"element {set} {Convert.ToHexString(element.Key)} : {(element.Chain.IsEmpty ? Convert.ToHexString(element.Data) : System.Text.Encoding.UTF8.GetString(element.Chain))}");
            Expiration = element.Expiration;
        }
    }
}

/// <summary>The contract on nf_tables in memory.</summary>
public sealed class FakeNftablesTests : NftKernelContractTests
{
    private readonly FakeNftables kernel = new();

    private protected override INftKernel Kernel => kernel;

    private protected override void ChangeAsAnother(NftTransaction transaction) => kernel.CommitOfAnother(transaction);
}
