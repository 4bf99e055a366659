using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Tests.Printing;

public sealed class ColumnTextTests
{
    [Fact]
    public void Columns_are_three_blanks_apart_and_at_least_six_wide()
    {
        var output = new StringWriter();
        new ColumnText(output).Write([["NAME", "A", "LAST"], ["kubernetes", "1", ""]]);
        Assert.Equal("NAME         A     LAST\nkubernetes   1     \n", output.ToString());
    }

    [Fact]
    public void Later_rows_keep_the_width_of_earlier_ones()
    {
        var output = new StringWriter();
        var text = new ColumnText(output);
        text.Write([["a-long-name", "x"]]);
        text.Write([["b", "y"]]);
        Assert.Equal("a-long-name   x\nb             y\n", output.ToString());
    }
}
