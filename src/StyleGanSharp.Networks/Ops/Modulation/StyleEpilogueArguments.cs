using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>Operands of <see cref="StyleEpilogue"/>.</summary>
/// <param name="Factor">Demodulation, per sample and channel, [N, C].</param>
/// <param name="Noise">[H, W] or [N, 1, H, W]; null: none.</param>
/// <param name="Bias">[C].</param>
/// <param name="Slope">Slope of the leaky ReLU below zero.</param>
/// <param name="Clamp">Limit of the magnitude; null: none.</param>
internal readonly record struct StyleEpilogueArguments(Tensor Factor, Tensor? Noise, Tensor Bias, double Slope, double? Clamp);
