using System.Text.Json;
using StyleGanSharp.Data.Datasets;

using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Datasets;

/// <summary>Decodes every image of a data set.</summary>
internal static class DatasetVerification
{
    internal static int Verify(string path, bool json, CommandOutput output, CancellationToken cancel)
    {
        DatasetCheck check = DatasetCheck.Run(path, cancel);
        if (json)
        {
            output.Results.WriteLine(JsonSerializer.Serialize(
                new
                {
                    path,
                    images = check.Count,
                    damaged = check.Problems.Select(
                    p => new { file = p.File, problem = p.Sentence })
                }));
        }
        else
        {
            foreach ((string _, string sentence) in check.Problems)
            {
                output.Results.WriteLine(SafeText.Of(sentence));
            }

            foreach (string remark in check.Remarks)
            {
                output.Say(SafeText.Of(remark));
            }

            output.Say($"{path}: {check.Count} images, {check.Problems.Count} that cannot be read.");
        }

        return (int)(check.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed);
    }
}
