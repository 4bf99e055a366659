using System.Globalization;
using MiniK8s.TestKit.Files;
using MiniK8s.TestKit.Processes;

namespace MiniK8s.TestKit.UserMode;

/// <summary>
/// A Linux kernel that runs as a process (Debian's user-mode-linux), on this machine's own files: for what this machine's kernel
/// lacks. It has network, mounts, processes and <c>/run</c> of its own; programs and files are the machine's, so what is written
/// outside <c>/run</c> stays.
/// </summary>
public static class UserModeLinux
{
    private const string Program = "linux.uml";
    private const string Modules = "/usr/lib/uml/modules";
    private const string Memory = "3G";
    private static readonly string[] Needed = [Program, "busybox", "ip"];

    /// <summary>
    /// Below user-mode-linux only the oldest registers of the processor outlive a page fault, so nobody may use the wide ones: neither
    /// the C library nor .NET.
    /// </summary>
    private const string NarrowRegisters = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX_Fast_Unaligned_Load,-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX512CD,-ERMS,-RTM";

    /// <summary>Why this machine cannot boot one, or null when it can.</summary>
    public static string? SkipReason { get; } = !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "user-mode-linux needs root"
        : Needed.Any(program => Tools.Find(program) is null) || !Directory.Exists(Modules) ? "user-mode-linux is not installed (scripts/install-deps.sh gets it)"
        : null;

    /// <summary>Boots a kernel, runs a program in it as root, and lets it end.</summary>
    /// <param name="command">The program and its arguments, one element each.</param>
    /// <param name="modules">Kernel modules to load before; those that the kernel asks for itself it finds.</param>
    /// <param name="limit">After this time kernel and program are killed.</param>
    /// <exception cref="TimeoutException">It did not end in time; the message carries what it wrote until then.</exception>
    /// <exception cref="InvalidOperationException">The kernel did not come as far as the program's end.</exception>
    public static async Task<UserModeResult> RunAsync(
        IReadOnlyList<string> command, IReadOnlyList<string> modules, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        using var folder = TestFolder.Create();
        await File.WriteAllTextAsync(folder["init"], Script(command, modules, folder), cancellationToken);
        File.SetUnixFileMode(folder["init"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var kernel = RestrictedStart.Run(() => ChildProcess.Start(Tools.Find(Program)!, Options(folder)));
        kernel.CloseInput();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            await kernel.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{string.Join(' ', command)} did not end within {limit} in user-mode-linux: {Read(folder["output"])}{kernel.Output}");
        }
        return File.Exists(folder["exit"])
            ? new UserModeResult(int.Parse(Read(folder["exit"]), CultureInfo.InvariantCulture), Read(folder["output"]))
            : throw new InvalidOperationException($"user-mode-linux ended too early: {Read(folder["output"])}{kernel.Output}{kernel.Error}");
    }

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    private static IReadOnlyList<string> Options(TestFolder folder) =>
    [
        "rootfstype=hostfs", "rootflags=/", "rw", $"mem={Memory}", $"init={folder["init"]}", $"uml_dir={folder.FullPath}/", "umid=kernel",
        "con=null", "con0=null,fd:1", "quiet", NarrowRegisters,
    ];

    /// <summary>
    /// What the kernel runs as its first process. Modules are loaded inside a folder that looks as the loader wants it, because it
    /// knows no place but /lib/modules, and nothing is to be left there.
    /// </summary>
    private static string Script(IReadOnlyList<string> command, IReadOnlyList<string> modules, TestFolder folder) => $"""
        #!/bin/sh
        export {NarrowRegisters} PATH={Quote(Environment.GetEnvironmentVariable("PATH") ?? "")}:/usr/sbin:/usr/bin:/sbin:/bin
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t tmpfs run /run
        mkdir -p /run/netns /run/home /run/tmp /run/loader/lib/modules/$(uname -r)
        mount --bind {Modules}/$(uname -r) /run/loader/lib/modules/$(uname -r)
        cp {Tools.Find("busybox")} /run/loader/busybox
        cat > /run/modprobe <<'END'
        #!/bin/sh
        export {NarrowRegisters}
        for word; do case $word in -*) ;; *) names="$names $word" ;; esac; done
        exec /run/loader/busybox chroot /run/loader /busybox modprobe -q $names
        END
        chmod +x /run/modprobe
        echo /run/modprobe > /proc/sys/kernel/modprobe
        for module in {string.Join(' ', modules)}; do /run/modprobe $module; done
        ip link set lo up
        export HOME=/run/home TMPDIR=/run/tmp DOTNET_EnableAVX=0 DOTNET_GCEnabledInstructionSets=0 OPENSSL_ia32cap=~0x1000000000000000:0x0 DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0 DOTNET_CLI_TELEMETRY_OPTOUT=1
        {string.Join(' ', command.Select(Quote))} > {folder["output"]} 2>&1 < /dev/null
        echo $? > {folder["exit"]}
        echo o > /proc/sysrq-trigger
        read forever < /run/loader
        while :; do :; done

        """;

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>How a program in a user-mode kernel ended.</summary>
/// <param name="ExitCode">Zero for success.</param>
/// <param name="Output">What it wrote, errors included.</param>
public sealed record UserModeResult(int ExitCode, string Output);
