namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// A <see cref="ResampleAxis"/> written out: sample o is the sum over k of Weights[o·Longest + k] · x[First[o] + k], k below
/// Count[o].
/// </summary>
/// <param name="First">First sample that takes part.</param>
/// <param name="Count">Samples that take part; 0: the sample is zero.</param>
/// <param name="Weights">Their weights.</param>
/// <param name="Longest">Most samples that can take part.</param>
internal sealed record ResampleTable(int[] First, int[] Count, float[] Weights, int Longest);
