using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli.Training;

/// <summary>What a process other than the first has to say: its warnings, for what it says otherwise the first one says, too.</summary>
internal sealed class RankLog(CommandOutput output, int rank) : IRunLog
{
    public void Say(string line)
    {
    }

    public void Warn(string sentence) => output.Say($"Warning (rank {rank}): {sentence}");
}
