using StyleGanSharp.Cli;

ProcessShortcuts.Begin();
int code = await CommandLineApp.RunAsync(args, new CommandOutput(Console.Out, Console.Error, !Console.IsErrorRedirected));
return ProcessShortcuts.End(code);
