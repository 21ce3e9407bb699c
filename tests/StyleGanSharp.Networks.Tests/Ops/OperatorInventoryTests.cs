using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>Every golden file of operators is either covered by a test class here or listed with what it waits for.</summary>
[Trait("Kind", "Golden")]
public sealed class OperatorInventoryTests
{
    private static readonly string[] Covered =
    [
        "bias_act", "conv2d_resample", "filtered_lrelu", "lowpass-design", "misc", "modulated_conv2d-sg2", "modulated_conv2d-sg3",
        "resample2d", "setup-filter", "upfirdn2d",
    ];

    private static readonly Dictionary<string, string> Waiting = new()
    {
        ["grid_sample"] = "Waits for the augmentation pipeline (issue 3).",
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(GoldenFolder.Path("ops"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void Every_golden_file_is_covered_or_waits_for_something(string file)
    {
        int cases = GoldenFolder.Json($"ops/{file}.json").GetProperty("cases").GetArrayLength();
        Assert.SkipWhen(Waiting.TryGetValue(file, out string? reason), $"{cases} cases. {reason}");
        Assert.Contains(file, Covered);
    }
}
