using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Tests.Losses;

/// <summary>The losses of the growing families as training computes them, on the networks of the golden-tf files.</summary>
[Trait("Kind", "Golden")]
public sealed class TfLossGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> Logistic => Cases("D_loss_logistic_");

    public static TheoryData<string> Wasserstein =>
        [.. GoldenTfFolder.Names("").Where(n => GoldenTfFolder.Tensors(n).Has("gp_D_loss_without_label_terms"))];

    [Theory, MemberData(nameof(Logistic)), WithTensorScope]
    public void Logistic_loss_is_that_of_the_golden_file(string name, string level)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        using var networks = new LoadedNetworks(name, Lod(level));
        using var stats = new RecordedStats();
        using var loss = new GanLoss(TrainedGenerators.Of(networks.Generator), networks.Discriminator, new LossOptions { R1Gamma = 10 }, stats);
        Tensor? c = e.Optional("loss_labels");
        var batch = new LossBatch(e["images"].Slice(0, 0, 4), c, e["loss_z"], c);
        loss.Gradients(Phase.GeneratorBoth, batch, 1, 0, new StoredNoise());
        Close.To(e[$"G_loss_nonsat_{level}"], stats["Loss/G/loss"][0], Tolerance, "generator");

        loss.Gradients(Phase.DiscriminatorBoth, batch, 1, 0, new StoredNoise());
        Close.To(e[$"D_loss_logistic_{level}"], stats["Loss/D/loss"][0], Tolerance, "discriminator");
        Close.To(e[$"r1_penalty_{level}"], stats["Loss/r1_penalty"][0], Tolerance, "penalty");
        Close.To(
            e[$"D_loss_r1_gamma10_{level}"], stats["Loss/D/loss"][0] + stats["Loss/D/reg"][0].Reshape(-1, 1), Tolerance, "discriminator with penalty");
    }

    [Theory, MemberData(nameof(Wasserstein)), WithTensorScope]
    public void Wasserstein_loss_is_that_of_the_golden_file(string name)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        using var networks = new LoadedNetworks(name, 0);
        using var stats = new RecordedStats();
        using var loss = new WassersteinLoss(
            TrainedGenerators.Of(networks.Generator), networks.Discriminator, new LossOptions { Kind = LossKind.Wasserstein, LabelWeight = 0 }, stats);
        Tensor? c = e.Optional("gp_labels");
        var batch = new LossBatch(e["images"].Slice(0, 0, e["gp_z"].Size(0)), c, e["gp_z"], c);
        loss.Gradients(Phase.DiscriminatorBoth, batch, 1, 0, new StoredNoise { Mix = e["gp_mix"] });
        Close.To(e["gp_mixed_norms"], stats["Loss/gp_norm"][0], Tolerance, "norms");
        Close.To(e["gp_D_loss_without_label_terms"], stats["Loss/D/loss"][0].Reshape(-1), Tolerance, "loss");
    }

    // The losses hand their terms to the engine one by one; here the same formula is written as one and differentiated as one.
    [Theory, MemberData(nameof(Wasserstein)), WithTensorScope]
    public void Wasserstein_gradients_are_those_of_the_formula(string name)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        using var networks = new LoadedNetworks(name, 0);
        using var stats = new RecordedStats();
        var options = new LossOptions { Kind = LossKind.Wasserstein };
        using var loss = new WassersteinLoss(TrainedGenerators.Of(networks.Generator), networks.Discriminator, options, stats);
        Tensor? c = e.Optional("gp_labels");
        var batch = new LossBatch(e["images"].Slice(0, 0, e["gp_z"].Size(0)), c, e["gp_z"], c);
        Tensor?[] actual = loss.Gradients(Phase.DiscriminatorBoth, batch, 1, 0, new StoredNoise { Mix = e["gp_mix"] });

        var module = (Module)networks.Discriminator;
        NamedTensor[] parameters = [.. module.NamedParameters()];
        Tensor fake;
        using (GradMode.Off())
        {
            fake = networks.Generator.Synthesize(networks.Generator.Map(batch.Latents, c), NoiseInput.Const);
        }

        (Tensor generated, Tensor? generatedLabels) = AuxiliaryClassifier.Judge(networks.Discriminator, fake, c);
        (Tensor real, Tensor? realLabels) = AuxiliaryClassifier.Judge(networks.Discriminator, batch.Images, c);
        Tensor mixed = (batch.Images + (fake - batch.Images) * e["gp_mix"].Reshape(-1, 1, 1, 1)).Detach();
        mixed.RequiresGrad = true;
        Tensor slope = Gradient.Of(networks.Discriminator.Forward(mixed, c).Sum(), mixed, createGraph: true);
        Tensor whole = (generated - real + real.Square() * 0.001).Mean() + ((slope.Square().Sum([1, 2, 3]).Sqrt() - 1).Square() * 10).Mean();
        whole = generatedLabels is null ? whole : whole + generatedLabels.Mean() + realLabels!.Mean();
        Tensor?[] expected = Gradient.Of([whole], [.. parameters.Select(p => p.Value)]);
        int compared = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(expected[i] is null, actual[i] is null);
            if (expected[i] is Tensor gradient)
            {
                double scale = Math.Max(gradient.Abs().Max().Item(), 1e-12);
                Close.To(gradient / scale, actual[i]! / scale, 5e-4, parameters[i].Name);
                compared++;
            }
        }

        Assert.True(compared > 4, "hardly any parameter has a gradient");
    }

    private static TheoryData<string, string> Cases(string prefix)
    {
        var cases = new TheoryData<string, string>();
        foreach (string name in GoldenTfFolder.Names(""))
        {
            foreach (string key in GoldenTfFolder.Tensors(name).Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)))
            {
                cases.Add(name, key[prefix.Length..]);
            }
        }

        return cases;
    }

    // "lod1_25": 1.25.
    private static double Lod(string level) =>
        double.Parse(level["lod".Length..].Replace('_', '.'), System.Globalization.CultureInfo.InvariantCulture);

    private sealed class LoadedNetworks : IDisposable
    {
        internal LoadedNetworks(string name, double lod)
        {
            SnapshotFile file = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl"));

            // The golden losses are those of the trained generator, not of its average.
            Generator = NetworkLoader.LoadGenerator(file, "G");
            Discriminator = NetworkLoader.LoadDiscriminator(file);
            ((IGrowing)Generator).Lod = ((IGrowing)Discriminator).Lod = lod;
        }

        internal IGenerator Generator { get; }

        internal IDiscriminator Discriminator { get; }

        public void Dispose()
        {
            Generator.Dispose();
            Discriminator.Dispose();
        }
    }

    private sealed class StoredNoise : ILossDraws
    {
        internal Tensor? Mix { get; init; }

        public int MixingCutoff(int numWs) => throw new NotSupportedException();

        public double MixingUniform() => throw new NotSupportedException();

        public Tensor MixingLatents(long count, int zDim) => throw new NotSupportedException();

        public NoiseInput LayerNoise() => NoiseInput.Const;

        public Tensor PathNoise(ReadOnlySpan<long> shape) => throw new NotSupportedException();

        public Tensor PenaltyMix(long count) => Mix!;
    }
}
