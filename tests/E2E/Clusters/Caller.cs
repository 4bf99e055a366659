using System.Net;
using MiniK8s.TestKit;
using MiniK8s.TestKit.Network;

namespace MiniK8s.E2E.Tests.Clusters;

/// <summary>Sends HTTP requests from a machine of a test network, each on a connection of its own.</summary>
internal sealed class Caller(TestHost from) : IDisposable
{
    private readonly HttpClient http = CreateClient(from);

    /// <summary>The body of the answer, without the line break at its end.</summary>
    public async Task<string> GetAsync(string address, CancellationToken cancellationToken) =>
        (await http.GetStringAsync(new Uri($"http://{address}/"), cancellationToken)).Trim();

    /// <summary>How often each answer came.</summary>
    public async Task<Dictionary<string, int>> CountAsync(string address, int requests, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        for (var request = 0; request < requests; request++)
        {
            var answer = await GetAsync(address, cancellationToken);
            counts[answer] = counts.GetValueOrDefault(answer) + 1;
        }

        return counts;
    }

    /// <summary>Waits until requests are answered by exactly these.</summary>
    public Task AnsweredByAsync(string address, IReadOnlyCollection<string> names, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => (await CountAsync(address, names.Count * 12, cancellationToken)).Keys.Order().SequenceEqual(names.Order()),
        $"http://{address}/ is answered by {string.Join(", ", names)}",
        TimeSpan.FromSeconds(30),
        cancellationToken: cancellationToken);

    /// <summary>Waits until nobody answers.</summary>
    public Task UnansweredAsync(string address, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                await GetAsync(address, cancellationToken);
                return false;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return true;
            }
        },
        $"http://{address}/ is not answered",
        cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static HttpClient CreateClient(TestHost from)
    {
        var client = from.Namespace.CreateHttpClient();
        client.Timeout = TimeSpan.FromSeconds(5);
        client.DefaultRequestVersion = HttpVersion.Version11;
        return client;
    }
}
