using StyleGanSharp.Cli.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>How strongly the latents of each layer are truncated.</summary>
internal sealed record TruncationChoice
{
    internal double Psi { get; init; } = 1;

    internal int? Cutoff { get; init; }

    internal Dictionary<string, double> ByLevel { get; init; } = [];

    internal LayerPsis ByLayer { get; init; } = LayerPsis.None;

    /// <summary>Whether anything is asked for.</summary>
    internal bool Truncates => Psi != 1 || ByLevel.Values.Concat(ByLayer.Values).Any(v => v != 1);

    /// <summary>A layer's own psi where it has one, else its level's, else the common one; none from the cutoff on.</summary>
    private Truncation Truncation =>
        new(i => Cutoff is int cutoff && i >= cutoff ? 1 : ByLayer.Of(i) ?? ByLevel.GetValueOrDefault(Levels.OfLatent(i), Psi));

    /// <exception cref="UserException">The network cannot truncate, but shall, or lacks a layer.</exception>
    internal void Require(IGenerator generator)
    {
        ByLayer.Require(generator.NumWs);
        if (Truncates && generator.WAvg is null)
        {
            throw new UserException("The network keeps no average of w, so it cannot truncate: leave out --trunc.");
        }
    }

    /// <summary>The truncated ws.</summary>
    internal Tensor Apply(IGenerator generator, Tensor ws) => generator.WAvg is Tensor average ? Truncation.Apply(ws, average) : ws;
}
