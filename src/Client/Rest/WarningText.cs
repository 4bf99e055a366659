namespace MiniK8s.Client.Rest;

/// <summary>Reads the header that Kubernetes warns with: <c>299 - "text"</c>.</summary>
internal static class WarningText
{
    /// <summary>The text between the quotes, or the whole value where it has another form.</summary>
    internal static string Unquote(string header)
    {
        var open = header.IndexOf('"', StringComparison.Ordinal);
        var close = header.LastIndexOf('"');
        return open >= 0 && close > open
            ? header[(open + 1)..close].Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal)
            : header;
    }
}
