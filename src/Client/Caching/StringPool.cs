namespace MiniK8s.Client.Caching;

/// <summary>
/// One instance for equal texts that come again and again, such as namespaces and names of ports: each object that is read from
/// JSON brings its own. Texts that come rarely must not stay for ever, so it forgets all when there are many. For any thread.
/// </summary>
/// <param name="most">How many texts it remembers.</param>
public sealed class StringPool(int most = 1024)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The one instance of a text; null becomes the empty text.</summary>
    public string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        lock (_gate)
        {
            if (_known.TryGetValue(text, out var first)) return first;
            if (_known.Count >= most) _known.Clear();
            _known.Add(text);
            return text;
        }
    }
}
