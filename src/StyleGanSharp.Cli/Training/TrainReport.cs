using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation;
using StyleGanSharp.Training.Sessions;

namespace StyleGanSharp.Cli.Training;

/// <summary>What a training session says, on standard error.</summary>
internal sealed class TrainReport(CommandOutput output) : ITrainingReport
{
    private readonly ConsoleReport downloads = new(output);

    public void Say(string line) => output.Say(line);

    public void Warn(string sentence) => output.Say($"Warning: {sentence}");

    public string? NameOf(string property) => OptionFlags.OfTraining(property);

    public void Download(WorkProgress progress) => downloads.Progress(progress);
}
