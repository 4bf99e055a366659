using System.CommandLine;
using MiniK8s.ApiServer.Hosting;

return await ApiServerCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });
