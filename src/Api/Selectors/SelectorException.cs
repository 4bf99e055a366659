namespace MiniK8s.Api.Selectors;

/// <summary>A selector that cannot be read. The message names the part and what would be right; the server answers 400 with it.</summary>
public sealed class SelectorException(string message) : Exception(message);
