namespace MiniK8s.Kubectl;

/// <summary>A command cannot do what it was asked; the message is for the user.</summary>
internal sealed class CommandException(string message) : Exception(message);
