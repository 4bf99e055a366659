namespace MiniK8s.Proxy.Model;

/// <summary>How new connections are spread over the endpoints of a Service port.</summary>
public enum Balancing
{
    /// <summary>Each endpoint with the same probability, independent of what went before.</summary>
    Random,

    /// <summary>Each endpoint in its turn.</summary>
    RoundRobin,
}

internal static class BalancingNames
{
    /// <summary>The annotation by which a Service chooses for itself.</summary>
    public const string Annotation = "minik8s.io/balancing";

    /// <summary>Reads <c>random</c> or <c>round-robin</c>.</summary>
    public static bool TryParse(string? text, out Balancing balancing)
    {
        balancing = text == "round-robin" ? Balancing.RoundRobin : Balancing.Random;
        return text is "random" or "round-robin";
    }
}
