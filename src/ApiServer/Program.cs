using MiniK8s.ApiServer.Hosting;

return await ApiServerCommand.Create().Parse(args).InvokeAsync();
