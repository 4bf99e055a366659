namespace MiniK8s.Proxy.Tests.Kit.Nft;

/// <summary>The kernel's answer to a message that it cannot carry out (errno.h).</summary>
internal sealed class NftFault(int error) : Exception
{
    public const int NoSuchThing = 2;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int Invalid = 22;
    public const int TooMany = 23;
    public const int TooManyLinks = 31;
    public const int OutOfRange = 34;
    public const int NoData = 61;
    public const int NotSupported = 95;

    public int Error => error;
}
