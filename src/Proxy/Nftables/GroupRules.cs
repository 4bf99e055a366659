namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// The rules that choose an endpoint for all Services that choose at random and without session affinity. They are made the first
/// time that a Service has so many endpoints, and are few, however many Services there are.
/// </summary>
internal sealed class GroupRules
{
    private readonly Dictionary<(NftGroup Group, int Size), NftSet> sets = [];

    /// <summary>Makes the maps and chains of the groups, with the rule for Services with chains of their own.</summary>
    public static void WriteGroups(NftTransaction table)
    {
        foreach (var group in NftGroup.All)
        {
            table.NewSet(group.Endpoints);
            table.NewSet(group.Special);
            table.NewChain(group.Once);
            table.NewChain(group.Name);
            table.AddRule(group.Once, rule => Place(rule, group).Lookup(group.Special, 0, 0));
            table.AddRule(group.Name, rule => rule.Jump(group.Once));
            table.AddRule(group.Name, rule => rule.Goto(group.Once), "once more, for what a change overtook");
        }
    }

    /// <summary>Writes the rules that were made so far once more.</summary>
    public void WriteAll(NftTransaction table)
    {
        foreach (var ((group, size), set) in sets) Write(table, group, size, set);
    }

    /// <summary>The set of places that choose among so many endpoints; makes it and its rules where there are none.</summary>
    public NftSet SetOf(NftTransaction table, NftGroup group, int count)
    {
        var size = SizeClass.Of(count);
        if (sets.TryGetValue((group, size), out var set)) return set;
        sets[(group, size)] = set = group.OfSize(size);
        Write(table, group, size, set);
        return set;
    }

    /// <summary>Loads what a group's packets are found by, into the first registers.</summary>
    public static NftExpressions Place(NftExpressions rule, NftGroup group) =>
        group.IsNodePort ? rule.Protocol(0).DestinationPort(1) : rule.Destination(0);

    /// <summary>Chooses a slot, and sends the connection to the endpoint in it. The place must be loaded.</summary>
    public static void Choose(NftExpressions rule, NftGroup group, int limit, bool inTurn)
    {
        var slot = group.IsNodePort ? 2 : rule.AddressWords + 2;
        rule.Number(slot, (uint)limit, inTurn).Lookup(group.Endpoints, 0, slot + 1).Translate(slot + 1, slot + 1 + rule.AddressWords);
    }

    private static void Write(NftTransaction table, NftGroup group, int size, NftSet set)
    {
        table.NewSet(set);
        if (SizeClass.IsExact(size))
        {
            table.AddRule(group.Once, rule => Choose(Place(rule, group).IsIn(set, 0), group, size, inTurn: false));
            return;
        }
        var chain = $"{group.Name}-{size}";
        table.NewChain(chain);
        for (var draw = 0; draw < SizeClass.Draws; draw++) table.AddRule(chain, rule => Choose(Place(rule, group), group, size, inTurn: false));
        table.AddRule(chain, rule => Choose(Place(rule, group), group, size / 2, inTurn: false), "slots that are never empty");
        table.AddRule(group.Once, rule => Place(rule, group).IsIn(set, 0).Goto(chain));
    }
}
