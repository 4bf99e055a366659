namespace MiniK8s.Client.Config;

/// <summary>A kubeconfig that cannot be used; the message names the file and the field, and says what would be right.</summary>
public sealed class KubeConfigException(string message, Exception? inner = null) : Exception(message, inner);
