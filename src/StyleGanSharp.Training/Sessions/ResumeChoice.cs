using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>
/// What <see cref="Options.TrainingRequest.StartFrom"/> names besides networks: <c>latest</c>, and the field's <c>noresume</c>.
/// </summary>
/// <param name="Network">A file, an address or an official name; null: the run starts from no network.</param>
/// <param name="Notice">What the user should know about the choice; null: nothing.</param>
internal sealed partial record ResumeChoice(string? Network, OptionText? Notice)
{
    private const string Latest = "latest";
    private static readonly string[] Nothing = ["noresume", "none"];

    /// <summary>Reads the option.</summary>
    /// <param name="text">As given; null: it was not.</param>
    /// <param name="runFolder">The run's folder, which <c>latest</c> looks into.</param>
    internal static ResumeChoice Of(string? text, string runFolder)
    {
        if (text is null || File.Exists(text))
        {
            return new ResumeChoice(text, null);
        }

        if (Nothing.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return new ResumeChoice(null, null);
        }

        if (!text.Equals(Latest, StringComparison.OrdinalIgnoreCase))
        {
            return new ResumeChoice(text, null);
        }

        if (File.Exists(RunFolder.StateIn(runFolder)))
        {
            return new ResumeChoice(
                StartOf(runFolder), $"{Names.StartFrom} {Latest}: the run in {runFolder} continues from its saved state.");
        }

        return Newest(runFolder) is string snapshot
            ? new ResumeChoice(
                snapshot, $"{Names.StartFrom} {Latest}: {runFolder} has no saved state, "
                    + $"so a new run starts from the weights in {snapshot}.")
            : new ResumeChoice(
                null, $"{Names.StartFrom} {Latest}: {runFolder} has neither a saved state nor a snapshot, "
                    + $"so the run starts from scratch.");
    }

    // What a run that is continued was started from decides about its options.
    private static string? StartOf(string runFolder)
    {
        try
        {
            using JsonDocument options = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(runFolder, "options.json")));
            return options.RootElement.TryGetProperty("start_from", out JsonElement start) ? start.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException || FileFault.IsFileFault(e))
        {
            return null; // If the run needs more, its state says so.
        }
    }

    // Also in the folders 00000-name, 00001-name, ... that the field's programs make for every start.
    private static string? Newest(string runFolder)
    {
        if (!Directory.Exists(runFolder))
        {
            return null;
        }

        string[] folders =
        [
            runFolder,
            .. Directory.GetDirectories(runFolder).Where(d => Numbered().IsMatch(Path.GetFileName(d))).Order(
                StringComparer.Ordinal),
        ];
        return folders.Reverse().Select(folder => Directory.GetFiles(folder)
            .Select(file => (File: file, Name: Snapshot().Match(Path.GetFileName(file))))
            .Where(f => f.Name.Success)
            .OrderBy(f => long.Parse(f.Name.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            .ThenBy(f => f.Name.Groups[2].Value, StringComparer.Ordinal)
            .Select(f => Path.GetFullPath(f.File)).LastOrDefault()).FirstOrDefault(file => file is not null);
    }

    [GeneratedRegex(@"^\d{5}-")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^network-snapshot-(\d{1,12})(?:_(\d{3}))?\.(?:safetensors|pkl|pt)$")]
    private static partial Regex Snapshot();
}
