using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// Fills StyleGAN2 networks of one resolution with the weights of networks of a lower one. Blocks that both have are copied. The
/// blocks above them keep their initial values, except that the generator's new blocks add nothing to the image yet: with output
/// skips (Karras et al. 2020, section 4.1) it starts as the smaller network's image, upsampled.
/// </summary>
internal static class Enlargement
{
    private const string ToRgbWeight = ".torgb.weight";

    /// <summary>Loads the weights of smaller networks.</summary>
    /// <param name="target">Fresh networks with output skips.</param>
    /// <param name="average">The smaller network's EMA weights.</param>
    /// <param name="generator">The smaller generator.</param>
    /// <param name="discriminator">The smaller discriminator; null: the target's stays as it was initialised.</param>
    /// <exception cref="LoadException">A shared block has another shape.</exception>
    internal static void Load(TrainedNetworks target, Module average, Module generator, Module? discriminator)
    {
        Fill(target.GeneratorModule, generator);
        Fill(target.AverageModule, average);
        if (discriminator is not null)
        {
            Fill(target.DiscriminatorModule, discriminator);
        }
    }

    private static void Fill(Module target, Module source)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var own = target.NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        var given = source.NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        target.Load(own.Keys, name =>
            given.TryGetValue(name, out Tensor? value) ? value
            : name.EndsWith(ToRgbWeight, StringComparison.Ordinal) ? own[name] * 0
            : own[name]);
    }
}
