namespace MiniK8s.ControllerManager;

/// <summary>What must have happened before the controllers of a term begin.</summary>
internal sealed class ControllerStart
{
    private readonly List<Func<CancellationToken, Task>> conditions = [];
    private readonly List<Action> actions = [];

    /// <summary>Waits for something, such as a complete cache.</summary>
    public void Await(Func<CancellationToken, Task> condition) => conditions.Add(condition);

    /// <summary>Does something with the complete caches before the first change is handled.</summary>
    public void Then(Action action) => actions.Add(action);

    /// <summary>Waits, then acts. A failure is that of cancellation.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(conditions.Select(condition => condition(cancellationToken)));
        foreach (var action in actions) action();
    }
}
