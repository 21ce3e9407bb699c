using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Tests;

/// <summary>The program of the README, between the markers, as <c>ReadmeTests</c> compares and runs it.</summary>
internal static class ReadmeProgram
{
    internal static void Run()
    {
        // README begins
        using var scope = new TensorScope();              // frees every temporary made inside
        using GradMode mode = GradMode.Off();
        using IGenerator generator = GeneratorFile.Open("network.pkl").Load();
        Tensor z = LatentSeeds.Draw([42], generator.ZDim);
        Tensor ws = Truncation.Uniform(0.7).Apply(generator.Map(z, null), generator.WAvg!);
        Tensor image = generator.Synthesize(ws, NoiseInput.Const);    // [1, 3, H, W] float32, about [-1, 1]
        ImageFile.Write("face.png", new ImageBuffer(generator.Width, generator.Height, generator.ImageChannels, Pixels.Interleave(image)));
        // README ends
    }
}
