using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Steps;

/// <summary>A phase and when it runs.</summary>
/// <param name="Phase">What is computed.</param>
/// <param name="Interval">Runs in every iteration whose number is a multiple of this; also the factor of its loss.</param>
/// <param name="Optimizer">What uses the gradients; shared by the phases of one network.</param>
public sealed record ScheduledPhase(Phase Phase, int Interval, Adam Optimizer);
