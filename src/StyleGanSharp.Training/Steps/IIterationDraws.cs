using StyleGanSharp.Torch;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Steps;

/// <summary>The random numbers of one iteration.</summary>
public interface IIterationDraws
{
    /// <summary>Latents and labels of a phase, [N, ZDim] of N(0, 1) and [N, CDim] (null for unconditional networks).</summary>
    /// <param name="phase">Place of the phase in the iteration.</param>
    (Tensor Latents, Tensor? Labels) Inputs(int phase);

    /// <summary>The draws of the loss in one round of a phase.</summary>
    /// <param name="phase">Place of the phase in the iteration.</param>
    /// <param name="round">Number of the micro-batch.</param>
    ILossDraws Loss(int phase, int round);
}
