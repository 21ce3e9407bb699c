using System.Globalization;
using System.Text.RegularExpressions;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.TensorFlow;

/// <summary>
/// Every array of the golden StyleGAN and StyleGAN2 files of the TensorFlow programs, by the tolerance of their README. What a
/// key means is told there; a key that no rule here knows is an error.
/// </summary>
public sealed partial class TfGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> StyleGan1 => TfCase.Outputs(b => b == "G_style");

    public static TheoryData<string, string> StyleGan2 => TfCase.Outputs(b => b is not ("G_style" or "G_paper"));

    [GoldenTheory, MemberData(nameof(StyleGan1))]
    public void StyleGan1_gives_the_expected_numbers(string name, string key) => Check(name, key);

    [GoldenTheory, MemberData(nameof(StyleGan2))]
    public void StyleGan2_gives_the_expected_numbers(string name, string key) => Check(name, key);

    private static void Check(string name, string key)
    {
        using var scope = new TensorScope();
        var golden = new TfCase(name);
        GoldenTensors e = golden.Expected;
        if (key == "Gs_uint8_default_nhwc")
        {
            byte[] pixels = Pixels.Quantize(Picture(golden, "default")).Permute(0, 2, 3, 1).ToBytes();
            Close.ToBytes(e.Array(key).Bytes, pixels, key);
            return;
        }

        Close.To(e[key], Compute(golden, key), Tolerance, key);
    }

    private static Tensor Compute(TfCase golden, string key)
    {
        GoldenTensors e = golden.Expected;
        if (key.StartsWith("Gs_img_", StringComparison.Ordinal))
        {
            return Picture(golden, key["Gs_img_".Length..]);
        }

        if (key.StartsWith("G_img_", StringComparison.Ordinal))
        {
            return Picture(golden, key["G_img_".Length..], "G");
        }

        Match match = Lod().Match(key);
        double lod = match.Success ? Number(match.Groups[1]) : golden.DefaultLod;
        string what = match.Success ? key[..match.Index] : key;
        if (First().Match(what) is { Success: true } first)
        {
            return Scores(golden, lod, (int)Number(first.Groups[1]));
        }

        if (Penalized().Match(what) is { Success: true } penalized)
        {
            return LogisticLoss(golden, lod) + (Penalty(golden, lod) * (Number(penalized.Groups[1]) / 2)).Unsqueeze(1);
        }

        return what switch
        {
            "w" => Latents(golden, Truncation.None).Select(1, 0),
            "wp_default" => Latents(golden, golden.DefaultTruncation),
            "wp_psi_vector" => Latents(golden, Vector(golden)),
            "wp_mix" => Mix(golden),
            "stored_lod" => Stored(golden),
            "D_score" => Scores(golden, lod, null),
            "r1_grad" => ImageGradient(golden, lod),
            "r1_penalty" => Penalty(golden, lod),
            "G_loss_nonsat" => Functional.Softplus(-FakeScores(golden, lod)),
            "D_loss_logistic" => LogisticLoss(golden, lod),
            "pl_lengths" => PathLengths(golden),
            _ => throw new Xunit.Sdk.XunitException($"No rule says what {key} is."),
        };
    }

    // What follows "img_": a truncation, a level of detail and a way of cutting, each of which may be absent.
    private static Tensor Picture(TfCase golden, string kind, string network = "Gs")
    {
        using GradMode mode = GradMode.Off();
        GoldenTensors e = golden.Expected;
        Match match = PictureKey().Match(kind);
        Assert.True(match.Success, $"No rule says what img_{kind} is.");
        double? lod = match.Groups["stored"].Success
            ? null : match.Groups["lod"].Success ? Number(match.Groups["lod"]) : golden.DefaultLod;
        using IGenerator g = golden.Generator(lod, network);
        Tensor ws = match.Groups["psi"].Success ? Uniform(match, golden).Apply(golden.Ws(g), g.WAvg!)
            : match.Groups["vector"].Success ? e["wp_psi_vector"]
            : match.Groups["mix"].Success ? e["wp_mix"]
            : golden.DefaultTruncation.Apply(golden.Ws(g), g.WAvg!);
        Tensor image = g.Synthesize(ws, NoiseInput.Const);
        return match.Groups["step"].Success ? EveryNth(image, (int)Number(match.Groups["step"]))
            : match.Groups["crop"].Success ? Crop(image, e["crop_range"].ToArray<int>())
            : image;
    }

    private static Truncation Uniform(Match match, TfCase golden) => Truncation.Uniform(
        Number(match.Groups["psi"]), match.Groups["cutoff"].Success ? (int)Number(match.Groups["cutoff"]) : golden.DefaultCutoff);

    private static Truncation Vector(TfCase golden)
    {
        float[] psi = golden.Expected["psi_vector"].ToArray<float>();
        return new Truncation(i => psi[i]);
    }

    private static Tensor EveryNth(Tensor image, int step) => image.Slice(2, 0, step: step).Slice(3, 0, step: step);

    private static Tensor Crop(Tensor image, int[] range) => image.Slice(2, range[0], range[1]).Slice(3, range[0], range[1]);

    private static Tensor Latents(TfCase golden, Truncation truncation)
    {
        using GradMode mode = GradMode.Off();
        using IGenerator g = golden.Generator();
        return truncation.Apply(golden.Ws(g), g.WAvg!);
    }

    // StyleGAN's programs mix what is truncated already; the others' reference mixes before.
    private static Tensor Mix(TfCase golden)
    {
        Tensor ws = Latents(golden, golden.DefaultCutoff is null ? Truncation.None : golden.DefaultTruncation);
        int cutoff = golden.Expected["mix_cutoff"].ToArray<int>()[0];
        return Tensor.Cat([ws.Slice(0, 0, 1).Slice(1, 0, cutoff), ws.Slice(0, 1, 2).Slice(1, cutoff)], 1);
    }

    private static Tensor Stored(TfCase golden)
    {
        using IGenerator g = golden.Generator(lod: null);
        using IDiscriminator d = golden.Discriminator(lod: null);
        double lod = Assert.IsType<IGrowing>(g, exactMatch: false).Lod;
        Assert.Equal(lod, Assert.IsType<IGrowing>(d, exactMatch: false).Lod);
        return Tensor.Scalar(lod);
    }

    private static Tensor Scores(TfCase golden, double lod, int? count)
    {
        GoldenTensors e = golden.Expected;
        using GradMode mode = GradMode.Off();
        using IDiscriminator d = golden.Discriminator(lod);
        Tensor images = e.Optional("images") ?? e["Gs_img_default"];
        long end = count ?? images.Size(0);
        return d.Forward(images.Slice(0, 0, end), e.Optional("image_labels")?.Slice(0, 0, end));
    }

    private static Tensor FakeScores(TfCase golden, double lod)
    {
        GoldenTensors e = golden.Expected;
        using GradMode mode = GradMode.Off();
        using IGenerator g = golden.Generator(lod, "G");
        using IDiscriminator d = golden.Discriminator(lod);
        Tensor? labels = e.Optional("loss_labels");
        return d.Forward(g.Synthesize(g.Map(e["loss_z"], labels), NoiseInput.Const), labels);
    }

    private static Tensor LogisticLoss(TfCase golden, double lod)
    {
        using GradMode mode = GradMode.Off();
        using IDiscriminator d = golden.Discriminator(lod);
        Tensor real = d.Forward(golden.Expected["images"].Slice(0, 0, golden.Expected["loss_z"].Size(0)), LossLabels(golden));
        return Functional.Softplus(FakeScores(golden, lod)) + Functional.Softplus(-real);
    }

    private static Tensor Penalty(TfCase golden, double lod) => ImageGradient(golden, lod).Square().Sum([1, 2, 3]);

    private static Tensor ImageGradient(TfCase golden, double lod)
    {
        using GradMode mode = GradMode.On();
        using IDiscriminator d = golden.Discriminator(lod);
        Tensor images = golden.Expected["images"].Slice(0, 0, PenaltyImages(golden)).Clone().Detach();
        images.RequiresGrad = true;
        return Gradient.Of([d.Forward(images, LossLabels(golden)).Sum()], [images])[0]!;
    }

    private static Tensor? LossLabels(TfCase golden) =>
        golden.Expected.Optional("loss_labels") ?? golden.Expected.Optional("image_labels")?.Slice(0, 0, PenaltyImages(golden));

    // The penalties are those of the first images, one number for each.
    private static long PenaltyImages(TfCase golden) =>
        golden.Expected.Array(golden.Expected.Keys.First(k => k.StartsWith("r1_", StringComparison.Ordinal))).Shape[0];

    // Karras et al. (2020), section 3.2: the length of y's gradient with respect to the ws, averaged over the layers.
    private static Tensor PathLengths(TfCase golden)
    {
        using GradMode mode = GradMode.On();
        using IGenerator g = golden.Generator();
        Tensor ws = golden.Ws(g).Detach(), y = golden.Expected["pl_noise"] / Math.Sqrt((double)g.Width * g.Height);
        ws.RequiresGrad = true;
        Tensor gradient = Gradient.Of([(g.Synthesize(ws, NoiseInput.Const) * y).Sum()], [ws])[0]!; // [N, layers, WDim]
        return gradient.Square().Sum([2]).Mean([1]).Sqrt();
    }

    private static double Number(Group text) => double.Parse(text.Value.Replace('_', '.'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^D_score_first(\d+)$")]
    private static partial Regex First();

    [GeneratedRegex(@"^D_loss_r1_gamma(\d+(?:_\d+)?)$")]
    private static partial Regex Penalized();

    [GeneratedRegex(@"_lod(\d+(?:_\d+)?)$")]
    private static partial Regex Lod();

    [GeneratedRegex(
        @"^(?:default|psi(?<psi>-?\d+(?:_\d+)?)(?:_cut(?<cutoff>\d+))?|(?<vector>psi_vector)|(?<mix>mix)|(?=lod))"
        + @"(?:_?lod(?<lod>\d+(?:_\d+)?)|(?<stored>_stored_lod))?(?:_sub(?<step>\d+)|(?<crop>_crop))?$")]
    private static partial Regex PictureKey();
}
