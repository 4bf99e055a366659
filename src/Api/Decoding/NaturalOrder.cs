namespace MiniK8s.Api.Decoding;

/// <summary>The order of keys in kubectl's YAML: numbers inside a key count by value (<c>a2</c> before <c>a10</c>), and letters come after all else.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = (x ?? "").AsSpan();
        var right = (y ?? "").AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            var (leftDigits, rightDigits) = (Digits(left), Digits(right));
            var order = leftDigits > 0 && rightDigits > 0
                ? Numbers(left[..leftDigits], right[..rightDigits])
                : Characters(left[0], right[0]);
            if (order != 0) return order;
            left = left[Math.Max(1, leftDigits)..];
            right = right[Math.Max(1, rightDigits)..];
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Characters(char x, char y) =>
        char.IsLetter(x) == char.IsLetter(y) ? x.CompareTo(y) : char.IsLetter(x) ? 1 : -1;

    private static int Numbers(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        var (left, right) = (x.TrimStart('0').Length, y.TrimStart('0').Length);
        var order = left != right ? left.CompareTo(right) : x[^left..].SequenceCompareTo(y[^right..]);
        return order != 0 ? order : x.Length.CompareTo(y.Length);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
