using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Containers;
using MiniK8s.Kubelet.Docker;
using MiniK8s.Kubelet.Tests.Planning;

namespace MiniK8s.Kubelet.Tests.Containers;

public class NonRootRuleTests
{
    [Theory]
    [InlineData(null, 0L, "", null)]
    [InlineData(false, 0L, "", null)]
    [InlineData(true, 1000L, "", null)]
    [InlineData(true, null, "1000:1000", null)]
    [InlineData(true, 0L, "1000", "breaks non-root policy")]
    [InlineData(true, null, "", "image will run as root")]
    [InlineData(true, null, "root", "image will run as root")]
    [InlineData(true, null, "0:5", "image will run as root")]
    [InlineData(true, null, "nginx", "non-numeric user (nginx)")]
    public void Only_a_user_that_is_known_not_to_be_root_is_let_through(bool? rule, long? user, string imageUser, string? refusal)
    {
        var container = PodCases.Container("a") with { SecurityContext = new SecurityContext { RunAsNonRoot = rule, RunAsUser = user } };
        var problem = Record.Exception(() => NonRootRule.Check(PodCases.Pod("a"), container, new ImageDetails { Id = "sha256:1", User = imageUser }));
        if (refusal is null) Assert.Null(problem);
        else Assert.Contains(refusal, Assert.IsType<ContainerConfigException>(problem).Message, StringComparison.Ordinal);
    }
}
