using System.Text.Json;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Filters;

public sealed class LowpassFilterTests
{
    private const string File = "ops/lowpass-design";

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenFolder.List($"{File}.json", "cases").Count)];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(int index)
    {
        using var scope = new TensorScope();
        JsonElement c = GoldenFolder.List($"{File}.json", "cases")[index];
        int taps = c.GetProperty("numtaps").Int();
        bool radial = Flag(c, "radial");
        (double cutoff, double width, double rate) = (Number(c, "cutoff"), Number(c, "width"), Number(c, "fs"));
        Tensor? filter = LowpassFilter.Create(taps, cutoff, width, rate, radial);
        if (Flag(c, "identity"))
        {
            Assert.Null(filter);
            return;
        }

        string name = c.TryGetProperty("case", out JsonElement given) ? given.GetString()! : $"case{index}";
        var arrays = new GoldenTensors($"{File}.npz", $"{name}/");
        Close.To(arrays["taps"], filter!, 1e-7, $"case {index}");
        if (arrays.Has("taps64"))
        {
            Close.To(arrays["taps64"], Tensor.From(LowpassFilter.Separable(taps, cutoff, width, rate), [taps]), 1e-12,
                $"case {index} in double precision");
        }
    }

    [Fact]
    public void A_single_tap_is_no_filter_and_none_is_refused()
    {
        Assert.Null(LowpassFilter.Create(1, 1, 1, 4, radial: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => LowpassFilter.Create(0, 1, 1, 4, radial: false));
    }

    [Fact]
    public void An_odd_radial_filter_has_its_limit_in_the_middle()
    {
        double[] h = LowpassFilter.Radial(5, 2, 3, 16);
        Assert.Equal(1, h.Sum(), 1e-12);
        Assert.Equal(h.Max(), h[12]);
        Assert.Equal(h[1], h[5], 1e-15);
    }

    private static bool Flag(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.GetBoolean();

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();
}
