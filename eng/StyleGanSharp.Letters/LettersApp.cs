using System.CommandLine;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Letters.Commands;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Letters;

/// <summary>The program: finds the command, runs it, and turns every failure into one sentence and an exit code.</summary>
internal static class LettersApp
{
    private const int Failed = 1;
    private const int WrongInput = 2;

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="results">For results.</param>
    /// <param name="messages">For everything else.</param>
    /// <returns>0: done. 1: failed while running. 2: wrong input.</returns>
    internal static int Run(string[] args, TextWriter results, TextWriter messages)
    {
        var root = new RootCommand("The instruments of the letters model: classifier, evaluation, pictures.")
        {
            TrainClassifierCommand.Create(messages),
            EvaluateCommand.Create(results, messages),
            ChooseCommand.Create(results, messages),
            GridCommand.Create(),
            CurveCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            messages.WriteLine($"letters: {parsed.Errors[0].Message.TrimEnd('.')} (see: letters --help).");
            return WrongInput;
        }

        try
        {
            TorchLibrary.Load();
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = results, Error = messages });
        }
        catch (Exception e) when (e is LettersException or SnapshotException or SafetensorsException or MetricException or DatasetException)
        {
            messages.WriteLine($"letters: {e.Message}");
            return WrongInput;
        }
        catch (Exception e) when (e is ImageException or TorchException or TorchOutOfMemoryException || FileFault.IsFileFault(e))
        {
            messages.WriteLine($"letters: {e.Message}");
            return Failed;
        }
    }
}
