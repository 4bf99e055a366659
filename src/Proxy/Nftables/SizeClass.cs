using System.Numerics;

namespace MiniK8s.Proxy.Nftables;

/// <summary>
/// For how many endpoints there is a rule. The kernel draws a number below a limit that stands in the rule, so that as many rules
/// are needed as there are limits. Up to eight endpoints each number has its own; beyond, the next power of two has, and a
/// draw of a slot that is empty is drawn again. So the number of endpoints can change without a change of rules.
/// </summary>
internal static class SizeClass
{
    /// <summary>
    /// How often is drawn before the lower half of the slots, which are never empty, is drawn from. At least half of the slots are
    /// taken, so that one packet in 256 comes to that, and that at the worst.
    /// </summary>
    public const int Draws = 8;

    private const int MostExact = 8;

    /// <summary>The size that a number of endpoints belongs to.</summary>
    public static int Of(int count) => IsExact(count) ? count : (int)BitOperations.RoundUpToPowerOf2((uint)count);

    /// <summary>Whether all slots of the size are taken.</summary>
    public static bool IsExact(int size) => size <= MostExact;
}
