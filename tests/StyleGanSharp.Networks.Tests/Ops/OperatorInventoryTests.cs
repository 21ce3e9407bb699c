using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>Every golden file of operators is covered by a test class here.</summary>
public sealed class OperatorInventoryTests
{
    private static readonly string[] Covered =
    [
        "bias_act", "conv2d_resample", "filtered_lrelu", "grid_sample", "lowpass-design", "misc", "modulated_conv2d-sg2",
        "modulated_conv2d-sg3", "resample2d", "setup-filter", "upfirdn2d",
    ];

    public static TheoryData<string> Files => [.. GoldenFolder.Names("ops", ".json")];

    [GoldenTheory, MemberData(nameof(Files))]
    public void Every_golden_file_is_covered(string file) => Assert.Contains(file, Covered);
}
