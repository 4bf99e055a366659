using System.Text;
using MiniK8s.Api.Decoding;
using MiniK8s.Kubectl.Manifests;
using MiniK8s.TestKit.Files;

namespace MiniK8s.Kubectl.Tests.Manifests;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_may_hold_several_documents_and_empty_ones()
    {
        Write("a.yaml", "# first\n---\n" + ConfigMap("one") + "---\n---\n" + ConfigMap("two"));
        Assert.Equal(["one", "two"], await NamesAsync([folder["a.yaml"]]));
    }

    [Fact]
    public async Task A_directory_is_read_in_order_of_names_and_other_files_are_left_alone()
    {
        Write("b.yml", ConfigMap("b"));
        Write("a.yaml", ConfigMap("a"));
        Write("c.json", """{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}""");
        Write("README.md", "not a manifest");
        Directory.CreateDirectory(folder["deep"]);
        Write("deep/d.yaml", ConfigMap("d"));
        Assert.Equal(["a", "b", "c"], await NamesAsync([folder.FullPath]));
        Assert.Equal(["a", "b", "c", "d"], await NamesAsync([folder.FullPath], recursive: true));
    }

    [Fact]
    public async Task A_dash_is_standard_input() => Assert.Equal(["in"], await NamesAsync(["-"], input: ConfigMap("in")));

    [Fact]
    public async Task A_list_is_opened()
    {
        Write("list.json", """
            {"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "y"}}]}
            """);
        Assert.Equal(["x", "y"], await NamesAsync([folder["list.json"]]));
    }

    [Theory]
    [InlineData("kind: Pod\nmetadata: {name: x}", "apiVersion not set")]
    [InlineData("apiVersion: v1\nmetadata: {name: x}", "kind not set")]
    [InlineData("apiVersion: v1\nkind: Pod", "Pod: metadata.name not set")]
    [InlineData("apiVersion: v1\nkind: 3\nmetadata: {name: x}", "kind not set")]
    [InlineData("just words", "the document is a string, not an object with apiVersion and kind")]
    public async Task A_document_that_is_no_object_is_refused_with_its_file(string text, string complaint)
    {
        Write("bad.yaml", text);
        var error = await Assert.ThrowsAsync<DecodingException>(() => NamesAsync([folder["bad.yaml"]]));
        Assert.StartsWith(folder["bad.yaml"] + ": ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_stands_twice_is_refused()
    {
        Write("twice.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: one, a: two}");
        Assert.Contains("\"a\"", (await Assert.ThrowsAsync<DecodingException>(() => NamesAsync([folder["twice.yaml"]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        Assert.Equal($"the path \"{folder["none"]}\" does not exist", (await Assert.ThrowsAsync<CommandException>(() => NamesAsync([folder["none"]]))).Message);
        Assert.Equal($"no files in \"{folder.FullPath}\" that end in .json, .yaml, .yml; -R reads the directories below it", (await Assert.ThrowsAsync<CommandException>(() => NamesAsync([folder.FullPath]))).Message);
        Assert.Equal("no objects passed: there are none in -", (await Assert.ThrowsAsync<CommandException>(() => NamesAsync(["-"]))).Message);
    }

    private static string ConfigMap(string name) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n";

    private void Write(string name, string text) => File.WriteAllText(folder[name], text);

    private static async Task<IEnumerable<string>> NamesAsync(IReadOnlyList<string> sources, bool recursive = false, string input = "") =>
        (await ManifestReader.ReadAsync(sources, recursive, () => new MemoryStream(Encoding.UTF8.GetBytes(input)), TestContext.Current.CancellationToken)).Select(manifest => manifest.Name);
}
