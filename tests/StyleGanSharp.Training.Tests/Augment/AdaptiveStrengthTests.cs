using System.Runtime.InteropServices;
using System.Text.Json;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

public sealed class AdaptiveStrengthTests
{
    private const string File = "augment/ada";
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Cases => AugmentCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Follows_the_golden_run(string name)
    {
        JsonElement c = AugmentCase.Load(File, name);
        var arrays = new GoldenTensors($"{File}.npz", $"{name}/");
        (float[][] signs, float[][] regular) = (Rows(arrays.Array("signs")), Rows(arrays.Array("signs_reg")));
        float[] strengths = Single(arrays.Array("p"));
        double[] means = Double(arrays.Array("mean"));
        var ada = new AdaptiveStrength(new AdaptiveStrengthOptions
        {
            Target = Number(c, "ada_target"),
            Interval = (int)Number(c, "ada_interval"),
            Images = Number(c, "ada_kimg") * 1000,
            Max = double.PositiveInfinity, // the reference has no limit
        })
        {
            Strength = (float)Number(c, "p0"),
        };

        int adjusted = 0, interval = (int)Number(c, "D_reg_interval");
        for (int i = 0; i < signs.Length; i++)
        {
            ada.Report(signs[i]);
            if (i % interval == 0)
            {
                ada.Report(regular[i / interval]);
            }

            // A state file holds what can be set: a run that is resumed in between goes on the same.
            ada = new AdaptiveStrength(ada.Options)
            {
                Strength = ada.Strength,
                SignSum = ada.SignSum,
                SignCount = ada.SignCount,
                Iterations = ada.Iterations,
            };
            if (ada.EndIteration((int)Number(c, "batch_size")) is double mean)
            {
                Assert.Equal(means[adjusted], mean, Tolerance);
                Assert.Equal(strengths[adjusted], ada.Strength, Tolerance);
                adjusted++;
            }
        }

        Assert.Equal(strengths.Length, adjusted);
    }

    [Fact]
    public void Stays_between_zero_and_the_limit()
    {
        var ada = new AdaptiveStrength(new AdaptiveStrengthOptions { Interval = 1, Images = 100, Max = 0.5 });
        Assert.Equal(0.3f, Step(1, 30));
        Assert.Equal(0.5f, Step(1, 30));
        Assert.Equal(0, Step(-1, 60));

        float Step(float logit, int batch)
        {
            ada.Report([logit, logit]);
            Assert.Equal(logit, ada.EndIteration(batch));
            return ada.Strength;
        }
    }

    [Fact]
    public void Without_reports_nothing_is_adjusted()
    {
        var ada = new AdaptiveStrength(new AdaptiveStrengthOptions { Interval = 1, Images = 1 }) { Strength = 0.25f };
        Assert.Null(ada.EndIteration(8));
        Assert.Equal(0.25f, ada.Strength);
    }

    private static double Number(JsonElement c, string key) => c.GetProperty(key).GetDouble();

    private static float[][] Rows(NumpyArray array) => [.. Single(array).Chunk((int)array.Shape[1])];

    private static float[] Single(NumpyArray array) => MemoryMarshal.Cast<byte, float>(array.Bytes).ToArray();

    private static double[] Double(NumpyArray array) => MemoryMarshal.Cast<byte, double>(array.Bytes).ToArray();
}
