using StyleGanSharp.Cli;

return await CommandLineApp.RunAsync(args, new CommandOutput(Console.Out, Console.Error, !Console.IsErrorRedirected));
