using System.Text.RegularExpressions;
using MiniK8s.E2E.Tests.Clusters;

namespace MiniK8s.E2E.Tests.Docs;

/// <summary>A block between fences.</summary>
/// <param name="Language">The first word behind the fence, such as <c>bash</c>.</param>
/// <param name="Marks">The further words: what a test is to do with the block.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record CodeBlock(string Language, IReadOnlyList<string> Marks, int Line, string Text);

/// <summary>A page of the repository's documents, as far as tests look at it.</summary>
/// <param name="RelativePath">From the root of the repository.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record MarkdownFile(string RelativePath, string Text)
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", ".git"];

    /// <summary>The blocks in order.</summary>
    public IReadOnlyList<CodeBlock> Blocks { get; } = [.. Fences().Matches(Text).Select(match => new CodeBlock(
        match.Groups["info"].Value.Split(' ')[0],
        match.Groups["info"].Value.Split(' ')[1..],
        Text.AsSpan(0, match.Index).Count('\n') + 1,
        match.Groups["text"].Value))];

    /// <summary>Where its links lead, as written; blocks and code are no links.</summary>
    public IEnumerable<string> Links => Target().Matches(Code().Replace(Fences().Replace(Text, ""), "")).Select(match => match.Groups["to"].Value);

    /// <summary>The anchors that its headings have: small letters, digits and hyphens.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Fences().Replace(Text, "")).Select(match =>
        NoAnchor().Replace(match.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>One page.</summary>
    public static MarkdownFile Read(string relativePath) => new(relativePath, File.ReadAllText(Path.Combine(Programs.Repository, relativePath)));

    /// <summary>Every page of the repository.</summary>
    public static IEnumerable<MarkdownFile> All() => Below(Programs.Repository).Select(path => Read(Path.GetRelativePath(Programs.Repository, path)));

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))).SelectMany(Below));

    [GeneratedRegex(@"^```(?<info>[^\n`]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[[^\]\n]*\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{Nd} _-]")]
    private static partial Regex NoAnchor();
}
