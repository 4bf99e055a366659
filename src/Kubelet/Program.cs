using MiniK8s.Kubelet;

return await KubeletCommand.Create().Parse(args).InvokeAsync();
