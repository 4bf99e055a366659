using MiniK8s.Api.Validation;
using MiniK8s.ApiServer.Registry;
using MiniK8s.ApiServer.Storage;

namespace MiniK8s.ApiServer.Tests.Registry;

public sealed class ClaimPlanTests
{
    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("", "a b", "a b", "")]
    [InlineData("a b", "", "", "a b")]
    [InlineData("a b", "b c", "c", "a")]
    [InlineData("a", "a", "", "")]
    [InlineData("", "a a", "a", "")]
    public void Takes_what_is_new_and_gives_back_what_is_no_more(string before, string after, string taken, string released)
    {
        var plan = ClaimPlan.Between(Claims(before), Claims(after));
        Assert.Equal((taken, released), (Keys(plan.Taken), Keys(plan.Released)));
    }

    [Fact]
    public void Conditions_say_that_a_claim_is_free_or_still_the_objects_own()
    {
        List<StoreCondition> conditions = [];
        List<StoreOperation> operations = [];
        ClaimPlan.Between(Claims("old"), Claims("free own")).AddTo("me", conditions, operations, new Dictionary<string, long> { ["/claims/own"] = 7 });
        Assert.Equal([new StoreCondition("/claims/free", 0), new StoreCondition("/claims/own", 7)], conditions);
        Assert.Equal(["/claims/free", "/claims/own", "/claims/old"], operations.Select(operation => operation.Key));
        Assert.Equal([true, true, false], operations.Select(operation => operation.Value is not null));
    }

    private static List<Claim> Claims(string keys) =>
        [.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(key => new Claim(key, FieldError.Invalid("f", key, "taken")))];

    private static string Keys(IEnumerable<Claim> claims) => string.Join(' ', claims.Select(claim => claim.Key));
}
