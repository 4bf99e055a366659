using MiniK8s.Kubectl;

return await KubectlCommand.RunAsync(args);
