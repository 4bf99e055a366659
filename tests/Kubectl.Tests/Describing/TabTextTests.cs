using MiniK8s.Kubectl.Describing;

namespace MiniK8s.Kubectl.Tests.Describing;

public sealed class TabTextTests
{
    [Fact]
    public void Cells_of_lines_that_follow_one_another_stand_under_each_other() =>
        Assert.Equal("Name:       a\nNamespace:  b\n", new TabText().Line(0, "Name:\ta").Line(0, "Namespace:\tb").ToString());

    [Fact]
    public void A_line_without_a_tab_ends_the_column() =>
        Assert.Equal("A:  1\nHeading\n  Long:  2\n", new TabText().Line(0, "A:\t1").Line(0, "Heading").Line(1, "Long:\t2").ToString());

    [Fact]
    public void The_second_column_ends_where_a_line_has_only_one() =>
        Assert.Equal("Port:        http  80/TCP\nTargetPort:  8080\nNodePort:    h  1/TCP\n", new TabText().Line(0, "Port:\thttp\t80/TCP").Line(0, "TargetPort:\t8080").Line(0, "NodePort:\th\t1/TCP").ToString());

    [Fact]
    public void The_last_cell_is_not_padded_but_an_empty_one_behind_it_pads() =>
        Assert.Equal("a  long\nb  x     \n", new TabText().Line(0, "a\tlong").Line(0, "b\tx   \t").ToString());

    [Fact]
    public void Ending_the_columns_lays_out_anew() =>
        Assert.Equal("A long name:  1\nB:  2\n", new TabText().Line(0, "A long name:\t1").EndColumns().Line(0, "B:\t2").ToString());
}
