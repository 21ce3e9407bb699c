using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Starting a run from the networks of a lower resolution.</summary>
public sealed class EnlargementTests
{
    private static readonly DatasetFacts Larger = new(64, 64, 3, 10);

    [Fact, NoLeaks, WithTensorScope]
    public void The_larger_generator_starts_as_the_smaller_one_upsampled()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["small"], TinyRun.Options(8));
        using StartFile start = StartFile.Open(Path.Combine(folder["small"], "training-state.safetensors"));
        TrainingOptions options = Options(start);
        Assert.Equal((64, 64), (options.Generator.Resolution, options.Discriminator.Resolution));

        using TrainedNetworks networks = start.Networks(options);
        using IGenerator small = NetworkFile(folder["small"]);
        using GradMode mode = GradMode.Off();
        Tensor z = LatentSeeds.Draw([1, 2], small.ZDim).To(DType.Float32);
        Tensor c = Tensor.Zeros([2, small.CDim]);
        Tensor image = small.Synthesize(small.Map(z, c), NoiseInput.Const);
        Tensor expected = UpFirDn2d.Upsample(image, ResampleFilter.Setup([1, 3, 3, 1]), (2, 2));
        Tensor actual = networks.Average.Synthesize(networks.Average.Map(z, c), NoiseInput.Const);
        Assert.Equal(0, (actual - expected).Abs().Max().Item(), 1e-6);

        // The discriminator's shared blocks are the smaller one's; the new block is not.
        var judged = networks.DiscriminatorModule.NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        using Torch.IO.SafetensorsFile state = Torch.IO.Safetensors.Read(
            Path.Combine(folder["small"], "training-state.safetensors"));
        string name = "b16.conv0.weight";
        string stored = Assert.Single(
            state.Tensors.Keys, k => k.EndsWith(name, StringComparison.Ordinal) && k.StartsWith("D.", StringComparison.Ordinal));
        Assert.Equal(state.Tensors[stored].ToArray<float>(), judged[name].ToArray<float>());
        Assert.True(judged["b64.conv0.weight"].Abs().Max().Item() > 0);
    }

    [Fact]
    public void Only_networks_with_output_skips_grow_and_none_shrinks()
    {
        StartingNetworks Start(int resolution, Networks.StyleGan2.Architecture architecture) => new(
            "net.safetensors", NetworkFamilies.StyleGan2,
            new Networks.StyleGan2.GeneratorOptions { Resolution = resolution, Architecture = architecture, CDim = 10 }, null);
        TrainingRequest request =
            new() { Data = new DataOptions { Path = "faces.zip", UseLabels = true }, StartFrom = "net.safetensors" };

        Assert.Equal(64, OptionResolver.Resolve(
            request, Larger, Start(16, Networks.StyleGan2.Architecture.Skip)).Generator.Resolution);
        foreach (StartingNetworks refused in new[] { Start(32, Networks.StyleGan2.Architecture.Resnet), Start(
            128, Networks.StyleGan2.Architecture.Skip) })
        {
            TrainingOptionsException e = Assert.Throws<TrainingOptionsException>(
                () => OptionResolver.Resolve(request, Larger, refused));
            Assert.Contains("64x64", $"{Assert.Single(e.Problems)}", StringComparison.Ordinal);
        }
    }

    private static TrainingOptions Options(StartFile start)
    {
        TrainingRequest request = new()
        {
            Preset = "small",
            Data = new DataOptions { Path = TinyRun.Data, UseLabels = true },
            Batch = TinyRun.Batch,
            GroupSize = 2,
            StartFrom = "small",
        };
        return OptionResolver.Resolve(request, Larger with { LabelSize = start.Architecture.Generator.CDim }, start.Architecture);
    }

    private static IGenerator NetworkFile(string folder) =>
        Networks.Checkpoints.NetworkFile.ReadGenerator(Path.Combine(folder, "network-snapshot-000000.safetensors"));
}
