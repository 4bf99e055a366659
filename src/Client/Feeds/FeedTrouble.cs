using Microsoft.Extensions.Logging;
using MiniK8s.Api.Errors;
using MiniK8s.Client.Feeds.Kafka;

namespace MiniK8s.Client.Feeds;

/// <summary>Logs the first failure of a row, and its end; the others only for those who look closely.</summary>
internal sealed partial class FeedTrouble(ILogger log, string resource)
{
    private bool _told;

    internal void Seen(Exception failure)
    {
        if (failure is ApiException { IsGone: true } or TopicBrokenException)
        {
            ListsAgain(log, resource, failure.Message);
        }
        else if (_told)
        {
            StillLost(log, resource, failure.Message);
        }
        else
        {
            _told = true;
            Lost(log, resource, failure.Message);
        }
    }

    internal void Over()
    {
        if (_told)
        {
            _told = false;
            Back(log, resource);
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "The feed of {Resource} is interrupted and will retry: {Reason}")]
    private static partial void Lost(ILogger logger, string resource, string reason);

    [LoggerMessage(3002, LogLevel.Debug, "The feed of {Resource} is still interrupted: {Reason}")]
    private static partial void StillLost(ILogger logger, string resource, string reason);

    [LoggerMessage(3003, LogLevel.Information, "The feed of {Resource} goes on")]
    private static partial void Back(ILogger logger, string resource);

    [LoggerMessage(3004, LogLevel.Debug, "The feed of {Resource} lists again: {Reason}")]
    private static partial void ListsAgain(ILogger logger, string resource, string reason);
}
