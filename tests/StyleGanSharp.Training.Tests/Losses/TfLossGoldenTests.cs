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
public sealed class TfLossGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> Logistic => Cases("D_loss_logistic");

    public static TheoryData<string> Wasserstein =>
        [.. GoldenTfFolder.Names.Where(n => GoldenTfFolder.Tensors(n).Has("gp_D_loss_without_label_terms"))];

    [GoldenTheory, MemberData(nameof(Logistic)), WithTensorScope]
    public void Logistic_loss_is_that_of_the_golden_file(string name, string level)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        const string Penalized = "D_loss_r1_gamma";
        string? penalized = e.Keys.FirstOrDefault(k => k.StartsWith(Penalized, StringComparison.Ordinal) && Level(k) == level);
        double gamma = penalized is null ? 10 : Number(penalized[Penalized.Length..^level.Length]);
        using var networks = new LoadedNetworks(name, level.Length == 0 ? null : Lod(level));
        using var stats = new RecordedStats();
        using var loss = new GanLoss(
            (ITrainableGenerator)networks.Generator, networks.Discriminator, new LossOptions { R1Gamma = gamma }, stats);
        Tensor? c = e.Optional("loss_labels");
        var batch = new LossBatch(e["images"].Slice(0, 0, e["loss_z"].Size(0)), c, e["loss_z"], c);
        loss.Gradients(Phase.GeneratorBoth, batch, 1, 0, new StoredNoise());
        Compare("G_loss_nonsat" + level, stats["Loss/G/loss"][0]);

        loss.Gradients(Phase.DiscriminatorBoth, batch, 1, 0, new StoredNoise());
        Compare("D_loss_logistic" + level, stats["Loss/D/loss"][0]);
        Compare("r1_penalty" + level, stats["Loss/r1_penalty"][0]);
        Compare(penalized ?? "", stats["Loss/D/loss"][0] + stats["Loss/D/reg"][0].Reshape(-1, 1));

        void Compare(string key, Tensor actual)
        {
            if (e.Has(key))
            {
                Close.To(e[key], actual, Tolerance, key);
            }
        }
    }

    [GoldenTheory, MemberData(nameof(Wasserstein)), WithTensorScope]
    public void Wasserstein_loss_is_that_of_the_golden_file(string name)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        using var networks = new LoadedNetworks(name, 0);
        using var stats = new RecordedStats();
        using var loss = new WassersteinLoss(
            (ITrainableGenerator)networks.Generator, networks.Discriminator,
            new LossOptions { Kind = LossKind.Wasserstein, LabelWeight = 0 }, stats);
        Tensor? c = e.Optional("gp_labels");
        var batch = new LossBatch(e["images"].Slice(0, 0, e["gp_z"].Size(0)), c, e["gp_z"], c);
        loss.Gradients(Phase.DiscriminatorBoth, batch, 1, 0, new StoredNoise { Mix = e["gp_mix"] });
        Close.To(e["gp_mixed_norms"], stats["Loss/gp_norm"][0], Tolerance, "norms");
        Close.To(e["gp_D_loss_without_label_terms"], stats["Loss/D/loss"][0].Reshape(-1), Tolerance, "loss");
    }

    // The losses hand their terms to the engine one by one; here the same formula is written as one and differentiated as one.
    [GoldenTheory, MemberData(nameof(Wasserstein)), WithTensorScope]
    public void Wasserstein_gradients_are_those_of_the_formula(string name)
    {
        GoldenTensors e = GoldenTfFolder.Tensors(name);
        using var networks = new LoadedNetworks(name, 0);
        using var stats = new RecordedStats();
        var options = new LossOptions { Kind = LossKind.Wasserstein };
        using var loss = new WassersteinLoss((ITrainableGenerator)networks.Generator, networks.Discriminator, options, stats);
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
        Tensor whole = (generated - real + real.Square() * 0.001).Mean() + (
            (slope.Square().Sum([1, 2, 3]).Sqrt() - 1).Square() * 10).Mean();
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
        foreach (string name in GoldenTfFolder.Names)
        {
            foreach (string key in GoldenTfFolder.Tensors(name).Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)))
            {
                cases.Add(name, key[prefix.Length..]);
            }
        }

        return cases;
    }

    // "D_loss_logistic_lod1_25": "_lod1_25"; without a level, the stored one holds.
    private static string Level(string key) => key.IndexOf("_lod", StringComparison.Ordinal) is >= 0 and int at ? key[at..] : "";

    // "_lod1_25": 1.25.
    private static double Lod(string level) => Number(level["_lod".Length..]);

    private static double Number(string text) =>
        double.Parse(text.Replace('_', '.'), System.Globalization.CultureInfo.InvariantCulture);

    private sealed class LoadedNetworks : IDisposable
    {
        // A level of null is the stored one.
        internal LoadedNetworks(string name, double? lod)
        {
            SnapshotFile file = SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl"));

            // The golden losses are those of the trained generator, not of its average.
            Generator = NetworkLoader.LoadGenerator(file, "G");
            Discriminator = NetworkLoader.LoadDiscriminator(file);
            foreach (IGrowing network in new object[] { Generator, Discriminator }.OfType<IGrowing>())
            {
                network.Lod = lod ?? network.Lod;
            }
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
