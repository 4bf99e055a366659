using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Declarations;
using MiniK8s.ControllerManager.Namespaces;

namespace MiniK8s.ControllerManager.Tests.Namespaces;

public sealed class NamespaceConditionsTests
{
    private static readonly Dictionary<string, int> NoFinalizers = [];

    private static IReadOnlyList<NamespaceCondition>? Plan(IReadOnlyList<NamespaceCondition> current, params RemainingContent[] remaining) =>
        NamespaceConditions.Plan(current, remaining, null, Sample.Now);

    [Fact]
    public void What_remains_is_told_with_the_finalizers_it_waits_for()
    {
        var conditions = Plan([], new RemainingContent("pods", 2, NoFinalizers), new RemainingContent("configmaps", 3, new Dictionary<string, int> { ["example.com/keep"] = 1 }))!;
        Assert.Equal("Some resources are remaining: configmaps has 3 resource instances, pods has 2 resource instances", conditions.Single(c => c.Type == "NamespaceContentRemaining").Message);
        Assert.Equal("Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances", conditions.Single(c => c.Type == "NamespaceFinalizersRemaining").Message);
        Assert.Equal("False", conditions.Single(c => c.Type == "NamespaceDeletionContentFailure").Status);
    }

    [Fact]
    public void Equal_conditions_are_not_written_and_a_turned_one_gets_a_new_time()
    {
        var first = Plan([], new RemainingContent("pods", 2, NoFinalizers))!;
        Assert.Null(Plan(first, new RemainingContent("pods", 2, NoFinalizers)));

        var later = Sample.Now.AddMinutes(1);
        var fewer = NamespaceConditions.Plan(first, [new RemainingContent("pods", 1, NoFinalizers)], null, later)!;
        Assert.Equal(Sample.Now, fewer.Single(c => c.Type == "NamespaceContentRemaining").LastTransitionTime);
        var none = NamespaceConditions.Plan(fewer, [], null, later)!.Single(c => c.Type == "NamespaceContentRemaining");
        Assert.Equal(("False", "ContentRemoved", later), (none.Status, none.Reason, none.LastTransitionTime));
    }

    [Fact]
    public void Failure_is_told_and_conditions_of_others_stay()
    {
        var foreign = new NamespaceCondition { Type = "Mine", Status = "True" };
        var conditions = NamespaceConditions.Plan([foreign], [], "pods is forbidden", Sample.Now)!;
        Assert.Contains(foreign, conditions);
        Assert.Equal("Failed to delete all resource types: pods is forbidden", conditions.Single(c => c.Type == "NamespaceDeletionContentFailure").Message);
    }

    [Fact]
    public void Every_kind_of_the_object_model_that_lives_in_namespaces_is_emptied()
    {
        // A Binding is posted and never stored.
        var stored = typeof(Pod).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false, IsGenericType: false } && typeof(IResource).IsAssignableFrom(t) && t != typeof(Binding))
            .Where(t => ((KindInfo)t.GetProperty("Info")!.GetValue(null)!).Namespaced);
        Assert.Equal(stored.Select(t => t.FullName).Order(), NamespacedKinds.All.Select(k => k.GetType().GenericTypeArguments.Single().FullName).Order());
    }
}
