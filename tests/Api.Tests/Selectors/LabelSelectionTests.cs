using MiniK8s.Api.Meta.V1;
using MiniK8s.Api.Selectors;

namespace MiniK8s.Api.Tests.Selectors;

public class LabelSelectionTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["app"] = "web", ["tier"] = "front", ["n"] = "5", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData("app = web , tier=front", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("absent!=db", true)]
    [InlineData("app!=web", false)]
    [InlineData("app in (web,db)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app notin (db)", true)]
    [InlineData("app notin (db, web)", false)]
    [InlineData("absent notin (db)", true)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("! absent", true)]
    [InlineData("absent", false)]
    [InlineData("empty=", true)]
    [InlineData("empty", true)]
    [InlineData("empty in (,x)", true)]
    [InlineData("n>4", true)]
    [InlineData("n<5", false)]
    [InlineData("app>4", false)]
    [InlineData("app=web,!absent,tier in (front),n", true)]
    [InlineData("app=web,absent", false)]
    [InlineData("in in (in)", false)]
    [InlineData("example.com/app=web", false)]
    public void Selectors_match(string text, bool matches) => Assert.Equal(matches, LabelSelection.Parse(text).Matches(Labels));

    [Theory]
    [InlineData("a=b,")]
    [InlineData(",a")]
    [InlineData("a in")]
    [InlineData("a in (")]
    [InlineData("a in x")]
    [InlineData("a b")]
    [InlineData("a=b=c")]
    [InlineData("a===b")]
    [InlineData("!a=b")]
    [InlineData("=b")]
    [InlineData("a>b")]
    [InlineData("a in (b")]
    [InlineData("-a=b")]
    [InlineData("a=-b")]
    [InlineData("a/b/c")]
    public void Malformed_selectors_are_refused(string text) => Assert.Throws<SelectorException>(() => LabelSelection.Parse(text));

    [Theory]
    [InlineData("b=2,a==1", "a=1,b=2")]
    [InlineData("x in (c,a,a)", "x in (a,c)")]
    [InlineData("x notin (c),!y,z", "x!=c,!y,z")]
    public void The_text_is_canonical_and_reads_back(string text, string canonical)
    {
        var selection = LabelSelection.Parse(text);
        Assert.Equal(canonical, selection.ToString());
        Assert.Equal(canonical, LabelSelection.Parse(canonical).ToString());
    }

    [Fact]
    public void An_absent_selector_matches_nothing_and_an_empty_one_everything()
    {
        Assert.False(LabelSelection.From((LabelSelector?)null).Matches(Labels));
        Assert.True(LabelSelection.From(new LabelSelector()).Matches(Labels));
        Assert.True(LabelSelection.Everything.IsEverything);
        Assert.False(LabelSelection.Nothing.IsEverything);
    }

    [Fact]
    public void Labels_and_expressions_of_an_object_must_all_hold()
    {
        var selector = new LabelSelector
        {
            MatchLabels = new Dictionary<string, string> { ["app"] = "web" },
            MatchExpressions = [new() { Key = "tier", Operator = "In", Values = ["front", "back"] }, new() { Key = "absent", Operator = "DoesNotExist" }],
        };
        Assert.True(LabelSelection.From(selector).Matches(Labels));
        Assert.Equal("!absent,app=web,tier in (back,front)", LabelSelection.From(selector).ToString());
        Assert.False(LabelSelection.From(selector).Matches(new Dictionary<string, string> { ["app"] = "web" }));
        var wrong = new LabelSelector { MatchExpressions = [new() { Key = "tier", Operator = "Is" }] };
        Assert.Contains("\"Is\" is not a valid label selector operator", Assert.Throws<SelectorException>(() => LabelSelection.From(wrong)).Message, StringComparison.Ordinal);
    }
}
