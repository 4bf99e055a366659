namespace MiniK8s.Proxy.Iptables;

/// <summary>The tables in which rules are written, in the order in which they are applied.</summary>
internal enum Table
{
    /// <summary>Holds a canary only: who empties all tables empties this one too.</summary>
    Mangle,

    /// <summary>Refuses, drops and lets through.</summary>
    Filter,

    /// <summary>Rewrites addresses.</summary>
    Nat,
}

internal static class Tables
{
    public const int Count = 3;

    public static string NameOf(Table table) => table switch
    {
        Table.Mangle => "mangle",
        Table.Filter => "filter",
        _ => "nat",
    };

    /// <summary>The table of this name; null for one in which nothing of ours is.</summary>
    public static Table? Of(string name) => name switch
    {
        "mangle" => Table.Mangle,
        "filter" => Table.Filter,
        "nat" => Table.Nat,
        _ => null,
    };
}
