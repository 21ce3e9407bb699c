using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Projection;

/// <summary>What a projection found; owns its tensors.</summary>
public sealed class ProjectionResult : IDisposable
{
    private readonly StartNoise kind;
    private readonly bool optimized;

    internal ProjectionResult(Tensor ws, IReadOnlyDictionary<string, Tensor> noise, ProjectionOptions options)
    {
        Ws = ws.Own();
        Noise = noise;
        (kind, optimized) = (options.Noise, noise.Count > 0);
    }

    /// <summary>Latents of every target's best start, [N, NumWs, WDim] float32; rows of a target are equal in W.</summary>
    public Tensor Ws { get; }

    /// <summary>Noise that belongs to them by layer, [N, 1, H, W] float32 each; empty: none was moved.</summary>
    public IReadOnlyDictionary<string, Tensor> Noise { get; }

    /// <summary>Squared distance of perceptual vectors by target, without noise on the latents; 0 where it had no
    /// weight.</summary>
    public required IReadOnlyList<double> Perceptual { get; init; }

    /// <summary>Mean squared difference of pixels in [-1, 1] by target.</summary>
    public required IReadOnlyList<double> Pixels { get; init; }

    /// <summary>Which start was best, by target, counted from 0.</summary>
    public required IReadOnlyList<int> BestStarts { get; init; }

    /// <summary>Steps done: fewer than asked for, where the projection settled earlier.</summary>
    public required int Steps { get; init; }

    /// <summary>Where the time went.</summary>
    public required ProjectionTimes Times { get; init; }

    /// <summary>What <see cref="Networks.IGenerator.Synthesize"/> needs besides <see cref="Ws"/> to show the result.</summary>
    public NoiseInput NoiseInput => optimized ? NoiseInput.Given(Noise)
        : kind == StartNoise.None ? NoiseInput.None : NoiseInput.Const;

    /// <inheritdoc/>
    public void Dispose()
    {
        Ws.Dispose();
        foreach (Tensor tensor in Noise.Values)
        {
            tensor.Dispose();
        }
    }
}
