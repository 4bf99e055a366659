namespace MiniK8s.Benchmarks.ServiceProxy;

/// <summary>What one sync sent to the kernel, ready to be sent again without any of the work that led to it.</summary>
/// <param name="Pieces">Each batch or script.</param>
internal sealed record Recording(IReadOnlyList<Piece> Pieces)
{
    /// <summary>All bytes together.</summary>
    public int Bytes => Pieces.Sum(piece => piece.Bytes.Length);

    /// <summary>Netlink messages, or lines of a script.</summary>
    public int Messages => Pieces.Sum(piece => piece.Messages);
}

/// <summary>One batch or script.</summary>
/// <param name="Bytes">The whole of it.</param>
/// <param name="First">Of a batch: the number of its first message.</param>
/// <param name="Last">Of a batch: the number of the message that is acknowledged.</param>
/// <param name="Messages">Netlink messages, or lines.</param>
internal sealed record Piece(byte[] Bytes, uint First, uint Last, int Messages);
