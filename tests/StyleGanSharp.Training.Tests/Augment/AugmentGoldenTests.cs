using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

/// <summary>The pipeline against the golden files, each case with its transforms, constants and draws.</summary>
[WithTensorScope]
public sealed class AugmentGoldenTests
{
    // The tolerances of the fixtures' README.
    private const double ConstantsTolerance = 1e-7;
    private const double ValuesTolerance = 1e-4;
    private const double GeometryTolerance = 2e-4;
    private const double RandomTolerance = 2e-4;

    private const string Constants = "augment/constants.npz";
    private const string Transforms = "augment/transforms";
    private const string Random = "augment/random";

    public static TheoryData<string> Filters => [.. GoldenFolder.Keys(Constants)];

    public static TheoryData<string> TransformCases => AugmentCase.Names(Transforms);

    public static TheoryData<string> RandomCases => AugmentCase.Names(Random);

    [GoldenTheory, MemberData(nameof(Filters))]
    public void Filters_are_as_expected(string key)
    {
        double[][] bank = key switch
        {
            "Hz_geom" => [WaveletFilters.LowPass],
            "Hz_fbank" => WaveletFilters.Bank,
            _ => throw new NotSupportedException($"no rule says what {key} is"),
        };
        Tensor expected = new GoldenTensors(Constants)[key];
        Close.To(expected, Tensor.From([.. bank.SelectMany(b => b)], [bank.Length, bank[0].Length]).Reshape(expected.Shape),
            ConstantsTolerance, key);
    }

    [GoldenTheory, MemberData(nameof(TransformCases))]
    public void Every_percentile_gives_the_expected_pictures(string name)
    {
        AugmentOptions options = AugmentCase.Options(AugmentCase.Load(Transforms, name));
        var pipe = new AugmentPipe(options);
        var arrays = new GoldenTensors($"{Transforms}.npz");
        string[] keys = [
            .. arrays.Keys.Where(
                k => k.StartsWith($"{name}/pct", StringComparison.Ordinal) && !k.EndsWith("/noise", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        foreach (string key in keys)
        {
            // <case>/pct<percentile>/<batch>; the noise field is the one draw that stays random: <key>/noise.
            string[] parts = key[name.Length..].Split('/');
            double q = double.Parse(parts[1]["pct".Length..], CultureInfo.InvariantCulture);
            Tensor y = pipe.Apply(arrays[$"{parts[2]}/img"], 1, new PercentileDraws(q, new OneField(arrays, $"{key}/noise")));
            Close.To(arrays[key], y, options.HasGeometry ? GeometryTolerance : ValuesTolerance, key);
        }
    }

    [GoldenTheory, MemberData(nameof(RandomCases))]
    public void Stored_draws_give_the_expected_pictures_and_both_gradients(string name)
    {
        JsonElement parameters = AugmentCase.Load(Random, name);
        var arrays = new GoldenTensors($"{Random}.npz");
        var draws = new StoredDraws(arrays, $"{name}/draws/");
        Tensor images = arrays["img"], dout = arrays[$"{name}/dout"];
        images.RequiresGrad = dout.RequiresGrad = true;

        Tensor y = new AugmentPipe(AugmentCase.Options(parameters)).Apply(images, parameters.GetProperty("p").GetDouble(), draws);
        Close.To(arrays[$"{name}/out"], y, RandomTolerance, $"{name}/out");
        Assert.Equal(parameters.GetProperty("draw_order").EnumerateArray().Select(d => d.GetProperty("name").GetString()),
            draws.Asked);

        Tensor gradient = Gradient.Of((y * dout).Sum(), images, createGraph: true);
        Close.To(arrays[$"{name}/dimg"], gradient, RandomTolerance, $"{name}/dimg");
        Close.To(arrays[$"{name}/ddout"], Gradient.Of((gradient * arrays[$"{name}/v"]).Sum(), dout), RandomTolerance,
            $"{name}/ddout");
    }

    private sealed class OneField(GoldenTensors arrays, string key) : IAugmentDraws
    {
        public Tensor Uniform(string name, ReadOnlySpan<long> shape) => throw new NotSupportedException(name);

        public Tensor Normal(string name, ReadOnlySpan<long> shape) => arrays[key];
    }
}
