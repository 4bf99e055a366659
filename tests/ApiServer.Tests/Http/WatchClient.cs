using System.Text.Json.Nodes;
using System.Threading.Channels;
using MiniK8s.TestKit;

namespace MiniK8s.ApiServer.Tests.Http;

/// <summary>Reads a watch in the background and hands out its events one by one.</summary>
internal sealed class WatchClient : IAsyncDisposable
{
    private readonly Channel<WatchLine> lines = Channel.CreateUnbounded<WatchLine>();
    private readonly CancellationTokenSource stop = new();
    private readonly HttpResponseMessage response;
    private readonly Task reading;

    private WatchClient(HttpResponseMessage response)
    {
        this.response = response;
        reading = ReadAsync();
    }

    public string ContentType => response.Content.Headers.ContentType!.ToString();

    public static async Task<WatchClient> OpenAsync(TestApi api, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path} answers {(int)response.StatusCode}: {(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync())}");
        return new WatchClient(response);
    }

    /// <summary>The next event.</summary>
    public async Task<WatchLine> NextAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        try
        {
            return await lines.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("no event came from the watch in time");
        }
    }

    /// <summary>So many events.</summary>
    public async Task<List<WatchLine>> TakeAsync(int count)
    {
        var taken = new List<WatchLine>();
        while (taken.Count < count) taken.Add(await NextAsync());
        return taken;
    }

    /// <summary>All events until the server ends the watch.</summary>
    public async Task<List<WatchLine>> RestAsync()
    {
        var rest = new List<WatchLine>();
        await reading.WaitAsync(Eventually.DefaultTimeout);
        while (lines.Reader.TryRead(out var line)) rest.Add(line);
        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        response.Dispose();
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop.Token));
            while (await reader.ReadLineAsync(stop.Token) is { } line) lines.Writer.TryWrite(WatchLine.Parse(line));
            lines.Writer.TryComplete();
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or HttpRequestException)
        {
            lines.Writer.TryComplete(problem);
        }
    }
}

/// <summary>One event of a watch.</summary>
internal sealed record WatchLine(string Type, JsonObject Object)
{
    public string Name => Object["metadata"]?["name"]?.GetValue<string>() ?? "";

    public long Revision => long.Parse(Object["metadata"]!["resourceVersion"]!.GetValue<string>());

    public static WatchLine Parse(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        return new WatchLine(json["type"]!.GetValue<string>(), json["object"]!.DeepClone().AsObject());
    }

    public override string ToString() => $"{Type} {Name}";
}
