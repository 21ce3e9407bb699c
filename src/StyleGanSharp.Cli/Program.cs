using StyleGanSharp.Cli;

int code = await CommandLineApp.RunAsync(args, new CommandOutput(Console.Out, Console.Error, !Console.IsErrorRedirected));
return QuickExit.With(code);
