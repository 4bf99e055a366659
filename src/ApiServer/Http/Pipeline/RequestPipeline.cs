namespace MiniK8s.ApiServer.Http.Pipeline;

/// <summary>Strings the steps together, first to last, with the router at the end.</summary>
internal static class RequestPipeline
{
    /// <summary>The whole as one delegate.</summary>
    public static RequestDelegate Build(IReadOnlyList<IRequestStep> steps, RequestDelegate router)
    {
        var next = router;
        foreach (var step in steps.Reverse())
        {
            var following = next;
            next = context => step.InvokeAsync(context, following);
        }

        return next;
    }
}
