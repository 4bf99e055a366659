namespace MiniK8s.Kubelet.Images;

/// <summary>An image cannot be made on this host; the message says what is missing and how to get it.</summary>
public sealed class LocalImageException(string message) : Exception(message);
