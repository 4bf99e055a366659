using MiniK8s.ApiServer.Security.Authentication;

namespace MiniK8s.ApiServer.Tests.Security;

public sealed class TokenFileTests : IDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"minik8s-tokens-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_token_issued_by_another_process_is_known_and_its_text_is_nowhere_on_disk()
    {
        var token = new TokenFile(directory, TimeProvider.System).Issue("admin", ["system:masters"], TimeSpan.FromHours(1));
        var user = new TokenFile(directory, TimeProvider.System).Authenticate(token);
        Assert.Equal("admin", user!.Name);
        Assert.Contains("system:masters", user.Groups);
        Assert.All(Directory.GetFiles(directory), file => Assert.DoesNotContain(token, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void An_unknown_token_is_nobodys(string token)
    {
        var tokens = new TokenFile(directory, TimeProvider.System);
        tokens.Issue("admin", [], TimeSpan.FromHours(1));
        Assert.Null(tokens.Authenticate(token));
    }

    [Fact]
    public void An_expired_token_is_nobodys()
    {
        var tokens = new TokenFile(directory, TimeProvider.System);
        Assert.Null(tokens.Authenticate(tokens.Issue("admin", [], TimeSpan.Zero)));
    }

    [Fact]
    public void A_damaged_file_is_named_in_the_error()
    {
        var tokens = new TokenFile(directory, TimeProvider.System);
        tokens.Issue("admin", [], TimeSpan.FromHours(1));
        File.WriteAllText(Path.Combine(directory, "tokens.json"), "[{");
        var error = Assert.Throws<InvalidOperationException>(() => new TokenFile(directory, TimeProvider.System).Authenticate("x"));
        Assert.Contains("tokens.json", error.Message, StringComparison.Ordinal);
    }
}
