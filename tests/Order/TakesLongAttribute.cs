namespace MiniK8s.Tests.Order;

/// <summary>Marks a test class that runs for minutes: <see cref="LongOnesFirst"/> begins with it, so that nothing waits for it alone at the end.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TakesLongAttribute : Attribute;
