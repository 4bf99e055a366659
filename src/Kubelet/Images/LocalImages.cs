using MiniK8s.Kubelet.Docker;

namespace MiniK8s.Kubelet.Images;

/// <summary>
/// The images that need no registry: they are made on the host from its static busybox. <see cref="Example"/> serves HTTP and
/// answers with its host name; <see cref="Pause"/> holds a pod's namespaces and does nothing.
/// </summary>
public static class LocalImages
{
    /// <summary>An HTTP server on port <c>$PORT</c>, 8080 unless set, and a user land to look around with.</summary>
    public const string Example = "minik8s/example:1";

    /// <summary>The first container of every pod.</summary>
    public const string Pause = "minik8s/pause:1";

    /// <summary>Answers the host name at /, <c>ok</c> at /healthz, and at /cgi-bin/client the address that the request came from.</summary>
    private const string ServeScript =
        """
        #!/bin/sh
        # The first process of a container gets no default signal handling: TERM has to be caught to end at once.
        mkdir -p /www/cgi-bin
        hostname >/www/index.html
        echo ok >/www/healthz
        httpd -f -p "${PORT:-8080}" -h /www &
        trap 'kill $!; exit 0' TERM INT
        wait $!

        """;

    private const string ClientScript =
        """
        #!/bin/sh
        # The server listens on IPv6 and writes an IPv4 client as [::ffff:10.1.2.3].
        client=${REMOTE_ADDR#[}
        client=${client#::ffff:}
        printf 'Content-Type: text/plain\r\n\r\n'
        echo "$(hostname) ${client%]}"

        """;

    private const string PauseScript =
        """
        #!/bin/sh
        # Waits for ever, and takes in the processes that others of the pod leave behind.
        trap 'exit 0' TERM INT
        while :; do
          sleep 2147483647 &
          wait $!
        done

        """;

    private static readonly Dictionary<string, LocalImage> Known = new[]
    {
        new LocalImage(
            new ImportedImage { Reference = Example, Command = ["/bin/serve"], ExposedPorts = ["8080/tcp"] },
            [new ScriptFile("/bin/serve", ServeScript), new ScriptFile("/www/cgi-bin/client", ClientScript)]),
        new LocalImage(
            new ImportedImage { Reference = Pause, Entrypoint = ["/bin/pause"] },
            [new ScriptFile("/bin/pause", PauseScript)]),
    }.ToDictionary(image => image.Configuration.Reference);

    /// <summary>True for a reference that <see cref="EnsureAsync"/> can make.</summary>
    public static bool IsKnown(string reference) => Known.ContainsKey(reference);

    /// <summary>Makes an image of this class unless the engine has it.</summary>
    /// <exception cref="ArgumentException">The reference is not one of this class.</exception>
    /// <exception cref="LocalImageException">The host has no static busybox; the message says how to get it.</exception>
    public static async Task EnsureAsync(IContainerEngine engine, string reference, CancellationToken cancellationToken = default)
    {
        if (!Known.TryGetValue(reference, out var image))
        {
            throw new ArgumentException($"the image {reference} cannot be made here; only {string.Join(", ", Known.Keys)} can", nameof(reference));
        }

        if (await engine.FindImageAsync(reference, cancellationToken) is null)
        {
            await new LocalImageBuilder(engine, StaticBusybox.UsualPaths).BuildAsync(image, cancellationToken);
        }
    }
}

/// <summary>An image to make: what its containers run, and the scripts that it has beside busybox.</summary>
internal sealed record LocalImage(ImportedImage Configuration, IReadOnlyList<ScriptFile> Scripts);

/// <summary>An executable text file at an absolute path.</summary>
internal sealed record ScriptFile(string FullPath, string Text);
