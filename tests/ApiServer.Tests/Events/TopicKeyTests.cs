using MiniK8s.Api;
using MiniK8s.Api.Core.V1;
using MiniK8s.Api.Discovery.V1;
using MiniK8s.Api.Topics;
using MiniK8s.ApiServer.Registry;

namespace MiniK8s.ApiServer.Tests.Events;

public sealed class TopicKeyTests
{
    [Fact]
    public void The_topics_keys_are_the_stores()
    {
        Assert.Equal(RegistryKeys.PrefixOf(Service.Info), ChangeTopic.KeyPrefix(Service.Info));
        Assert.Equal(RegistryKeys.PrefixOf(EndpointSlice.Info), ChangeTopic.KeyPrefix(EndpointSlice.Info));
        var slice = new ObjectKey("n", "a");
        Assert.Equal(slice, ChangeTopic.ParseKey(EndpointSlice.Info, RegistryKeys.Of(EndpointSlice.Info, slice)));
        var node = new ObjectKey("", "n1");
        Assert.Equal(node, ChangeTopic.ParseKey(Node.Info, RegistryKeys.Of(Node.Info, node)));
    }

    [Theory]
    [InlineData("/registry/core/services/n")]
    [InlineData("/registry/core/services/n/a/b")]
    [InlineData("/registry/core/services//a")]
    [InlineData("/registry/core/services/n/")]
    [InlineData("/registry/core/servicesx/n/a")]
    [InlineData("")]
    public void Other_keys_name_no_service(string key) => Assert.Null(ChangeTopic.ParseKey(Service.Info, key));
}
