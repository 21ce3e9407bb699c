using StyleGanSharp.Cli;
using StyleGanSharp.Torch;

TorchLibrary.LoadsOnlyWhatIsUsed = true; // The program itself needs neither OpenCV nor FFmpeg's libraries.
int code = await CommandLineApp.RunAsync(args, new CommandOutput(Console.Out, Console.Error, !Console.IsErrorRedirected));
return QuickExit.With(code);
