using System.CommandLine;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Recipes.Curves;

namespace StyleGanSharp.Recipes.Commands;

/// <summary><c>recipes curve</c>: losses and scores of a run as an image.</summary>
internal static class CurveCommand
{
    internal static Command Create()
    {
        Option<string> run = CommandOptions.File("--run", "Folder of a training run.", "DIR");
        Option<string> target = CommandOptions.File("--out", "The image.");
        var command = new Command("curve", "Draw the statistics of a run.") { run, target };
        command.SetAction(parsed =>
        {
            RunStatistics statistics = RunStatistics.Read(Path.Combine(parsed.GetValue(run)!, "stats.jsonl"));
            ImageFile.Write(parsed.GetValue(target)!, CurvePicture.Draw(statistics));
        });
        return command;
    }
}
