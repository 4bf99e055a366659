using MiniK8s.ControllerManager;

return await ControllerManagerCommand.Create().Parse(args).InvokeAsync();
