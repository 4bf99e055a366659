using MiniK8s.Proxy;

Thrift.Prepare();
return await ProxyCommand.Create().Parse(args).InvokeAsync();
