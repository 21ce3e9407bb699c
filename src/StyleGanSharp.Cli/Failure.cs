using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli;

/// <summary>One sentence and an exit code for every exception that can reach the user.</summary>
internal static class Failure
{
    internal static (ExitCode Code, string Message) Explain(Exception exception) => exception switch
    {
        OperationCanceledException => (ExitCode.Interrupted, "Interrupted."),
        RequestException request => (ExitCode.WrongInput, OptionFlags.Explain(request)),
        TrainingOptionsException training => (ExitCode.WrongInput, OptionFlags.Explain(training)),
        DatasetException dataset => (ExitCode.WrongInput, OptionFlags.Explain(dataset)),
        UserException or SnapshotException or NumpyFileException or SafetensorsException or MetricException or FeatureException
            or FaceException or AlignmentException or RunException { WhileRunning: false } => (ExitCode.WrongInput, exception.Message),
        OutOfMemoryException => (ExitCode.Failed, "Memory is exhausted: try a smaller batch or a smaller network."),
        TorchOutOfMemoryException =>
            (ExitCode.Failed, $"Memory is exhausted: try a smaller batch or a smaller network ({exception.Message})."),
        GenerationException or RunException or ImageException or TorchException or FormatException =>
            (ExitCode.Failed, exception.Message),
        _ when FileFault.IsFileFault(exception) => (ExitCode.Failed, exception.Message),
        _ => (ExitCode.Failed, $"Internal error; please report it: {exception}"),
    };
}
