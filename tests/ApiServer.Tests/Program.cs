using MiniK8s.ApiServer.Tests;
using MiniK8s.ApiServer.Tests.Storage;

// The test executable is also the process that the crash tests kill; otherwise it does what xunit's own entry point does.
return args switch
{
    [StoreWriterProcess.Verb, var path] => await StoreWriterProcess.RunAsync(path),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
