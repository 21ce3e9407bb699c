using StyleGanSharp.Data.Files;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli.Training;

/// <summary>A run's lines on standard error and in its folder.</summary>
internal sealed class ConsoleRunLog(CommandOutput output, string path) : IRunLog
{
    public void Say(string line)
    {
        output.Say(line);
        try
        {
            File.AppendAllText(path, line + "\n");
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            // The same line is on the screen; a full disk must not end a run of days.
        }
    }

    public void Warn(string sentence) => Say($"Warning: {sentence}");
}
