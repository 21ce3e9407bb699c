using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>One image of generate/images.npz, with what the command line has to be told.</summary>
/// <param name="Network">The snapshot.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Arguments">Seed, truncation, class and movement.</param>
internal sealed partial record GoldenPicture(string Network, uint Seed, string[] Arguments)
{
    internal const string Archive = "generate/images.npz";

    private const string Description = "generate/images.json";

    /// <summary>Keys such as <c>sg3t-32/seed0_psi1_translated_rotated</c>.</summary>
    internal static IEnumerable<string> Keys => GoldenFolder.Keys(Archive).Where(k => Form().IsMatch(k));

    internal static GoldenPicture Of(string key)
    {
        GroupCollection parts = Form().Match(key).Groups;
        JsonElement described = GoldenFolder.List(Description, "images")
            .First(i => Path.GetFileNameWithoutExtension(i.GetProperty("snapshot").GetString()) == parts["snapshot"].Value);
        List<string> arguments = ["--seeds", parts["seed"].Value, $"--trunc={parts["psi"].Value}"];
        if (described.TryGetProperty("class_idx", out JsonElement label) && label.ValueKind == JsonValueKind.Number)
        {
            arguments.AddRange(["--class", $"{label.Int()}"]);
        }

        if (parts["moved"].Success && described.TryGetProperty("translate", out JsonElement shift))
        {
            arguments.Add($"--translate={string.Join(',', shift.EnumerateArray().Select(Text))}");
        }

        if (parts["moved"].Success && described.TryGetProperty("rotate", out JsonElement angle))
        {
            arguments.Add($"--rotate={Text(angle)}");
        }

        return new GoldenPicture(
            GoldenFolder.Path(described.GetProperty("snapshot").GetString()!), uint.Parse(
                parts["seed"].Value, CultureInfo.InvariantCulture), [.. arguments]);
    }

    private static string Text(JsonElement number) => number.GetDouble().ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<snapshot>[^/]+)/seed(?<seed>\d+)_psi(?<psi>-?[\d.]+)(?<moved>_translated_rotated)?$")]
    private static partial Regex Form();
}
