using MiniK8s.E2E.Tests.Clusters;

namespace MiniK8s.E2E.Tests.Docs;

/// <summary>Links within the repository lead somewhere.</summary>
public class LinkTests
{
    /// <summary>The pages.</summary>
    public static TheoryData<string> Pages { get; } = [.. MarkdownFile.All().Select(page => page.RelativePath)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_and_to_a_heading_in_it(string page) =>
        Assert.Equal([], MarkdownFile.Read(page).Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && Missing(page, link)));

    [Fact]
    public void There_is_a_page_for_everything_that_the_readme_promises()
    {
        var links = MarkdownFile.Read("README.md").Links.ToList();
        Assert.All(Directory.EnumerateFiles(Path.Combine(Programs.Repository, "docs"), "*.md"), page => Assert.Contains($"docs/{Path.GetFileName(page)}", links));
    }

    private static bool Missing(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0 ? page : Path.GetRelativePath(Programs.Repository, Path.Combine(Programs.Repository, Path.GetDirectoryName(page)!, parts[0]));
        if (!Path.Exists(Path.Combine(Programs.Repository, target))) return true;
        return parts.Length > 1 && !MarkdownFile.Read(target).Anchors.Contains(parts[1]);
    }
}
