using MiniK8s.Commands;

return await RootCommands.RunAsync(args);
