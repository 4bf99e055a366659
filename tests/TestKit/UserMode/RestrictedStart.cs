using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MiniK8s.TestKit.UserMode;

/// <summary>
/// Starts a process to which the kernel denies one kind of request: to read or set the wide registers of a process that it traces.
/// user-mode-linux asks for them in a buffer that is too small for newer processors (AMX), and dies; where it is refused at the
/// first time it does without.
/// </summary>
internal static partial class RestrictedStart
{
    private const int SetFilter = 22;
    private const int FilterMode = 2;
    private const uint TraceCall = 101;
    private const uint GetRegisterSet = 0x4204;
    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff_0000;
    private const uint RefuseWithIoError = 0x0005_0005;

    /// <summary>Runs an action that starts a process, on a thread of its own: a filter stays with its thread and goes over to the processes that it starts.</summary>
    internal static T Run<T>(Func<T> start)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Restrict();
                result = start();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("the process could not be started", failure);
    }

    private static unsafe void Restrict()
    {
        // Offsets 0 and 16 of what a filter sees are the call's number and its first argument.
        ReadOnlySpan<Instruction> program =
        [
            new(Load, 0, 0, 0),
            new(JumpIfEqual, 0, 3, TraceCall),
            new(Load, 0, 0, 16),
            new(JumpIfEqual, 0, 1, GetRegisterSet),
            new(Return, 0, 0, RefuseWithIoError),
            new(Return, 0, 0, Allow),
        ];
        fixed (Instruction* first = program)
        {
            var filter = new Filter { Length = (ushort)program.Length, First = (nint)first };
            if (Control(SetFilter, FilterMode, ref filter, 0, 0) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "prctl(PR_SET_SECCOMP)");
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint mode, ref Filter filter, nuint third, nuint fourth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint operand)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Operand = operand;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Filter
    {
        public ushort Length;
        public nint First;
    }
}
