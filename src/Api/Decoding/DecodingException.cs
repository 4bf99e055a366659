namespace MiniK8s.Api.Decoding;

/// <summary>A body that is no object of the API. The message names the place and what would be right; the server answers 400 with it.</summary>
public sealed class DecodingException(string message, Exception? inner = null) : Exception(message, inner);
