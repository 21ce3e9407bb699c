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

    /// <summary>Whether anything is asked for.</summary>
    internal bool Truncates => Psi != 1 || ByLevel.Values.Any(v => v != 1);

    /// <summary>A level's own psi where it has one, else the common one; none from the cutoff on.</summary>
    private Truncation Truncation => new(i => Cutoff is int cutoff && i >= cutoff ? 1 : ByLevel.GetValueOrDefault(Levels.OfLatent(i), Psi));

    /// <exception cref="UserException">The network cannot truncate, but shall.</exception>
    internal void Require(IGenerator generator)
    {
        if (Truncates && generator.WAvg is null)
        {
            throw new UserException("The network keeps no average of w, so it cannot truncate: leave out --trunc.");
        }
    }

    /// <summary>The truncated ws.</summary>
    internal Tensor Apply(IGenerator generator, Tensor ws) => generator.WAvg is Tensor average ? Truncation.Apply(ws, average) : ws;
}
