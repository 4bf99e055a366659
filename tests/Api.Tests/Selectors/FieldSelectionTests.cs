using MiniK8s.Api.Selectors;

namespace MiniK8s.Api.Tests.Selectors;

public class FieldSelectionTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=web", true)]
    [InlineData("metadata.name==web", true)]
    [InlineData("metadata.name!=web", false)]
    [InlineData("metadata.name=web,status.phase!=Failed", true)]
    [InlineData("metadata.name=web,status.phase=Failed", false)]
    [InlineData("spec.nodeName=", true)]
    [InlineData("x=a\\,b\\=c\\\\", true)]
    public void Selectors_match(string text, bool matches)
    {
        static string Lookup(string field) => field switch { "metadata.name" => "web", "status.phase" => "Running", "x" => "a,b=c\\", _ => "" };
        var selection = FieldSelection.Parse(text);
        Assert.Equal(matches, selection.Matches(Lookup));
        Assert.Equal(matches, FieldSelection.Parse(selection.ToString()).Matches(Lookup));
    }

    [Theory]
    [InlineData("metadata.name")]
    [InlineData("a=b=c")]
    [InlineData("a=b\\x")]
    [InlineData("a=b\\")]
    public void Malformed_selectors_are_refused(string text) => Assert.Throws<SelectorException>(() => FieldSelection.Parse(text));

    [Fact]
    public void The_wanted_value_of_a_field_can_be_asked_for()
    {
        var selection = FieldSelection.Parse("metadata.name=web,metadata.namespace!=x");
        Assert.Equal("web", selection.ExactValueOf("metadata.name"));
        Assert.Null(selection.ExactValueOf("metadata.namespace"));
    }
}
