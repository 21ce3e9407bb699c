using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Faces;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Cli;

/// <summary>One sentence and an exit code for every exception that can reach the user.</summary>
internal static class Failure
{
    internal static (ExitCode Code, string Message) Explain(Exception exception) => exception switch
    {
        StyleGanSharp.Training.Runs.RunException { WhileRunning: true } => (ExitCode.Failed, exception.Message),
        OperationCanceledException => (ExitCode.Interrupted, "Interrupted."),
        RequestException request => (ExitCode.WrongInput, RequestFlags.Explain(request)),
        UserException or SnapshotException or NumpyFileException or SafetensorsException or MetricException or DatasetException or TrainingOptionsException or FeatureException or FaceException
            or StyleGanSharp.Training.Runs.RunException =>
            (ExitCode.WrongInput, exception.Message),
        OutOfMemoryException => (ExitCode.Failed, "Memory is exhausted: try a smaller batch or a smaller network."),
        TorchOutOfMemoryException => (ExitCode.Failed, $"Memory is exhausted: try a smaller batch or a smaller network ({exception.Message})."),
        GenerationException or RunException or ImageException or TorchException or FormatException => (ExitCode.Failed, exception.Message),
        _ when FileFault.IsFileFault(exception) => (ExitCode.Failed, exception.Message),
        _ => (ExitCode.Failed, $"This is a fault of the program, not of your input: {exception}"),
    };
}
