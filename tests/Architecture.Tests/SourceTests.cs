namespace MiniK8s.Architecture.Tests;

/// <summary>Rules for the text of the repository that no compiler checks.</summary>
public sealed class SourceTests
{
    private const int MostLines = 400;

    // Written in pieces, so that this file is not its own finding.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/ro" + "ot/"];
    private static readonly string[] Binary = [".png", ".ico", ".gz", ".tar", ".zip", ".db", ".pfx"];

    [Fact]
    public void No_file_under_src_is_longer_than_four_hundred_lines() =>
        Assert.Equal([], Code("src").Where(path => Repository.Read(path).Count(character => character == '\n') > MostLines));

    [Fact]
    public void The_middle_file_under_src_is_short()
    {
        var lengths = Code("src").Select(path => Repository.Read(path).Count(character => character == '\n')).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 80);
    }

    [Fact]
    public void Nothing_is_left_unfinished() => Assert.Equal([], Naming(Repository.Files(), Unfinished));

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Assert.Equal([], Naming(Repository.Files(), MachinePaths));

    [Fact]
    public void Only_the_proxy_starts_the_tools_of_the_kernels_tables() =>
        Assert.Equal([], Naming(Code("src").Where(path => !path.StartsWith("src/Proxy/", StringComparison.Ordinal)), ["\"iptables-", "\"ip6tables-", "\"nft\"", "\"ipvsadm\""]));

    [Fact]
    public void Only_the_storage_of_the_api_server_speaks_to_etcd() =>
        Assert.Equal([], Naming(Code("src").Where(path => !path.StartsWith("src/ApiServer/Storage/", StringComparison.Ordinal)), ["etcdserverpb", "EtcdClient"]));

    private static IEnumerable<string> Code(string folder) => Repository.Files(folder).Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    // Each finding as `path:line: word`.
    private static IEnumerable<string> Naming(IEnumerable<string> files, string[] words) =>
        from path in files
        where !Binary.Contains(Path.GetExtension(path))
        from line in Repository.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        from word in words
        where line.Text.Contains(word, StringComparison.Ordinal)
        select $"{path}:{line.Number}: {word}";
}
