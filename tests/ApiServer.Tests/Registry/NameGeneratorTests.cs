using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Registry;

public sealed class NameGeneratorTests
{
    [Fact]
    public void A_name_fits_a_label_and_differs_each_time()
    {
        var names = Enumerable.Range(0, 200).Select(_ => NameGenerator.From(new string('a', 100))).ToHashSet();
        Assert.All(names, name => Assert.Matches("^a{58}[a-z0-9]{5}$", name));
        Assert.InRange(names.Count, 199, 200);
    }
}
