using StyleGanSharp.Cli;
using StyleGanSharp.Torch.Cuda;

ProcessShortcuts.Begin();
var output = new CommandOutput(Console.Out, Console.Error, !Console.IsErrorRedirected);
CudaKernels.Warning = output.Say;
int code = await CommandLineApp.RunAsync(args, output);
return ProcessShortcuts.End(code);
