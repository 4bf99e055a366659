using MiniK8s.Kubelet.Containers;

namespace MiniK8s.Kubelet.Tests.Containers;

public class VariableExpansionTests
{
    private static readonly Dictionary<string, string> Known = new() { ["A"] = "1", ["EMPTY"] = "", ["REF"] = "$(A)" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "1")]
    [InlineData("x$(A)y$(A)", "x1y1")]
    [InlineData("[$(EMPTY)]", "[]")]
    [InlineData("$(REF)", "$(A)")]
    [InlineData("$(UNKNOWN)", "$(UNKNOWN)")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$A", "$A")]
    [InlineData("$(A", "$(A")]
    [InlineData("cost: 5$", "cost: 5$")]
    [InlineData("$(UNKNOWN)$(A)", "$(UNKNOWN)1")]
    [InlineData("", "")]
    public void References_are_put_in_once_and_what_is_unknown_stays(string text, string expected) =>
        Assert.Equal(expected, VariableExpansion.Expand(text, Known));
}
