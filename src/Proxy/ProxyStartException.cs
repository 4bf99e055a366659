namespace MiniK8s.Proxy;

/// <summary>The proxy cannot work on this machine; the message is for the user.</summary>
public sealed class ProxyStartException(string message, Exception? inner = null) : Exception(message, inner);
