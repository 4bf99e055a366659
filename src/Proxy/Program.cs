using MiniK8s.Proxy;

return await ProxyCommand.Create().Parse(args).InvokeAsync();
