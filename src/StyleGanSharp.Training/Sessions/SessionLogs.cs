using StyleGanSharp.Data.Files;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>Passes a run's lines on and keeps them in its folder.</summary>
/// <param name="inner">Takes the lines too.</param>
/// <param name="path">The file they are appended to.</param>
internal sealed class FolderLog(IRunLog inner, string path) : IRunLog
{
    public void Say(string line)
    {
        inner.Say(line);
        Keep(line);
    }

    public void Warn(string sentence)
    {
        inner.Warn(sentence);
        Keep($"Warning: {sentence}");
    }

    private void Keep(string line)
    {
        try
        {
            File.AppendAllText(path, line + "\n");
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            // The line was passed on; a full disk must not end a run of days.
        }
    }
}

/// <summary>Passes on the warnings of a process other than the first, which says everything else.</summary>
/// <param name="inner">Takes the warnings.</param>
/// <param name="rank">The process.</param>
internal sealed class RankLog(IRunLog inner, int rank) : IRunLog
{
    public void Say(string line)
    {
        // Rank 0 says it.
    }

    public void Warn(string sentence) => inner.Warn($"(rank {rank}) {sentence}");
}
