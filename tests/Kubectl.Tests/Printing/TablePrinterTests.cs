using System.Text.Json.Nodes;
using MiniK8s.Api.Core.V1;
using MiniK8s.Kubectl.Printing;

namespace MiniK8s.Kubectl.Tests.Printing;

public sealed class TablePrinterTests
{
    private const string Columns = """[{"name": "Name", "priority": 0}, {"name": "Status", "priority": 0}, {"name": "Node", "priority": 1}]""";

    [Fact]
    public void Columns_of_lower_priority_are_left_out() =>
        Assert.Equal("NAME    STATUS\nweb-1   Running\n", Printed(new TableStyle(Pod.Info), Table(Columns, "web-1")));

    [Fact]
    public void Wide_shows_all_columns() =>
        Assert.Equal("NAME    STATUS    NODE\nweb-1   Running   worker\n", Printed(new TableStyle(Pod.Info) { Wide = true }, Table(Columns, "web-1")));

    [Fact]
    public void Namespace_kind_and_labels_stand_where_asked_for() =>
        Assert.Equal(
            "NAMESPACE   NAME        STATUS    LABELS\ndemo        pod/web-1   Running   app=web,tier=front\n",
            Printed(new TableStyle(Pod.Info) { WithNamespace = true, WithKind = true, ShowLabels = true }, Table(Columns, "web-1")));

    [Fact]
    public void Tables_together_have_one_heading_and_common_widths() =>
        Assert.Equal("NAME            STATUS\nweb-1           Running\na-longer-name   Running\n", Printed(new TableStyle(Pod.Info), Table(Columns, "web-1"), Table(Columns, "a-longer-name")));

    [Fact]
    public void A_table_without_columns_is_that_of_a_watch_and_has_those_before() =>
        Assert.Equal("NAME    STATUS\nweb-1   Running\nweb-2   Running\n", Printed(new TableStyle(Pod.Info), Table(Columns, "web-1"), Table("[]", "web-2")));

    [Fact]
    public void The_heading_comes_with_the_first_row()
    {
        var output = new StringWriter();
        var printer = new TablePrinter(output, new TableStyle(Pod.Info));
        printer.Print(Table(Columns));
        Assert.Equal("", output.ToString());
        printer.Print(Table("[]", "web-1"));
        Assert.Equal("NAME    STATUS\nweb-1   Running\n", output.ToString());
    }

    [Fact]
    public void Headings_can_be_left_out() => Assert.Equal("web-1   Running\n", Printed(new TableStyle(Pod.Info) { NoHeaders = true }, Table(Columns, "web-1")));

    [Theory]
    [InlineData("\"one line\"", "one line")]
    [InlineData("\"one\\ntwo\"", "one...")]
    [InlineData("\"red \\u001b[31m\\u0007\"", "red ^[[31m ")]
    [InlineData("null", "")]
    [InlineData("3", "3")]
    [InlineData("true", "true")]
    public void A_cell_is_one_line_that_cannot_steer_the_terminal(string json, string text) => Assert.Equal(text, Cell.Text(JsonNode.Parse(json)));

    [Fact]
    public void A_server_without_tables_gets_one_of_names_and_ages()
    {
        var now = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var list = (JsonObject)JsonNode.Parse("""{"kind": "PodList", "items": [{"metadata": {"name": "a", "creationTimestamp": "2025-01-02T03:04:00Z"}}, {"metadata": {"name": "b"}}]}""")!;
        Assert.Equal("NAME   AGE\na      5s\nb      <unknown>\n", Printed(new TableStyle(Pod.Info), PlainTable.Of(list, now)));
    }

    private static string Printed(TableStyle style, params JsonObject[] tables)
    {
        var output = new StringWriter();
        new TablePrinter(output, style).Print(tables);
        return output.ToString();
    }

    private static JsonObject Table(string columns, params string[] names) => new()
    {
        ["kind"] = "Table",
        ["columnDefinitions"] = JsonNode.Parse(columns),
        ["rows"] = new JsonArray([.. names.Select(Row)]),
    };

    private static JsonObject Row(string name) => new()
    {
        ["cells"] = new JsonArray(name, "Running", "worker"),
        ["object"] = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "demo", ["labels"] = new JsonObject { ["tier"] = "front", ["app"] = "web" } },
        },
    };
}
