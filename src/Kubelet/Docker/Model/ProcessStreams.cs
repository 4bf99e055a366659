namespace MiniK8s.Kubelet.Docker;

/// <summary>Which of a process's outputs bytes came from.</summary>
public enum OutputStream
{
    /// <summary>Standard output; everything, where there is a terminal.</summary>
    Stdout,
    Stderr,
}

/// <summary>Some bytes of output. A frame may end anywhere, within a line or a character.</summary>
/// <param name="Stream">Where they came from.</param>
/// <param name="Data">Belongs to the receiver.</param>
public sealed record OutputFrame(OutputStream Stream, ReadOnlyMemory<byte> Data);

/// <summary>Which part of a container's log is wanted.</summary>
public sealed record LogRequest
{
    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;

    /// <summary>True goes on until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Only the last so many lines; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only what was written at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True puts the time (RFC 3339, nanoseconds) and a space before each line.</summary>
    public bool Timestamps { get; init; }
}

/// <summary>A process to start in a running container.</summary>
public sealed record ExecSpec
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public bool Tty { get; init; }

    /// <summary>True opens standard input.</summary>
    public bool Stdin { get; init; }

    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    public string? User { get; init; }
}

/// <summary>What an attached client wants of a running container.</summary>
/// <param name="Stdin">True opens the way to its standard input, if the container was created with one.</param>
/// <param name="Stdout">True for its standard output.</param>
/// <param name="Stderr">True for its standard error.</param>
public sealed record AttachSpec(bool Stdin, bool Stdout, bool Stderr);

/// <summary>A live connection to a process in a container. Disposing closes the connection; the process goes on.</summary>
public interface IProcessSession : IAsyncDisposable
{
    /// <summary>The output until the process closes it. May be enumerated once.</summary>
    IAsyncEnumerable<OutputFrame> ReadOutputAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes to the process's standard input.</summary>
    Task WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);

    /// <summary>Tells the process that no more input follows.</summary>
    Task CloseInputAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets the size of the process's terminal, in characters.</summary>
    Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken = default);

    /// <summary>The exit code, once the process has ended; waits for that.</summary>
    Task<int> ExitCodeAsync(CancellationToken cancellationToken = default);
}
