using MiniK8s.Api.Core.V1;
using MiniK8s.Kubelet.Probing;

namespace MiniK8s.Kubelet.Tests.Probing;

public class ProbeVerdictTests
{
    [Theory]
    [InlineData(false, 1, 3, "+", "+")]
    [InlineData(false, 2, 3, "++", "-+")]
    [InlineData(false, 2, 3, "+-+", "---")]
    [InlineData(true, 1, 3, "---", "++-")]
    [InlineData(true, 1, 3, "--+--", "+++++")]
    [InlineData(true, 1, 1, "-+-", "-+-")]
    [InlineData(true, 2, 2, "--+-++", "+----+")]
    public void A_verdict_turns_after_as_many_equal_results_as_its_threshold_says(bool initially, int success, int failure, string results, string verdicts)
    {
        var verdict = new ProbeVerdict(new Probe { SuccessThreshold = success, FailureThreshold = failure }, initially);
        var shown = results.Select(result =>
        {
            verdict.Add(result == '+');
            return verdict.Succeeds ? '+' : '-';
        });
        Assert.Equal(verdicts, string.Concat(shown));
    }

    [Fact]
    public void A_verdict_that_has_turned_is_decided_anew_by_each_further_failure()
    {
        var verdict = new ProbeVerdict(new Probe { FailureThreshold = 2 }, initially: true);
        Assert.Equal([false, true, true], new[] { verdict.Add(false), verdict.Add(false), verdict.Add(false) });
    }
}
