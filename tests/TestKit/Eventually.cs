using System.Globalization;

namespace MiniK8s.TestKit;

/// <summary>Waits for a condition with a deadline: what tests do in place of sleeping.</summary>
public static class Eventually
{
    /// <summary>How long a wait lasts unless told otherwise; generous, because it costs nothing when the condition comes true.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when <paramref name="condition"/> is true.</summary>
    /// <param name="condition">Asked again and again, with growing pauses up to 100 ms. An exception counts as "not yet".</param>
    /// <param name="because">What is being waited for, in words; the head of the failure's message.</param>
    /// <param name="timeout">How long to wait; <see cref="DefaultTimeout"/> when null.</param>
    /// <param name="clock">Whose time the pauses and the deadline are; the system's when null.</param>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="TimeoutException">The condition did not come true in time; the last exception is inside.</exception>
    public static Task TrueAsync(
        Func<Task<bool>> condition,
        string because,
        TimeSpan? timeout = null,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default) =>
        ValueAsync(async () => await condition() ? "true" : null, because, timeout, clock, cancellationToken);

    /// <summary>As the overload with a task, for a condition that needs no waiting.</summary>
    public static Task TrueAsync(
        Func<bool> condition,
        string because,
        TimeSpan? timeout = null,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default) =>
        TrueAsync(() => Task.FromResult(condition()), because, timeout, clock, cancellationToken);

    /// <summary>Returns the first value of <paramref name="probe"/> that is not null.</summary>
    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, string, TimeSpan?, TimeProvider?, CancellationToken)"/>
    public static async Task<T> ValueAsync<T>(
        Func<Task<T?>> probe,
        string because,
        TimeSpan? timeout = null,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default)
        where T : class
    {
        clock ??= TimeProvider.System;
        var limit = timeout ?? DefaultTimeout;
        var start = clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            Exception? last = null;
            try
            {
                if (await probe() is { } value)
                {
                    return value;
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                last = e;
            }

            if (clock.GetElapsedTime(start) >= limit)
            {
                var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
                throw new TimeoutException($"after {seconds} s still not: {because}{(last is null ? "" : $" (last: {last.Message})")}", last);
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
