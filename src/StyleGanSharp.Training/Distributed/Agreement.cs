namespace StyleGanSharp.Training.Distributed;

/// <summary>What all processes must have in common, because nothing but nonsense comes out otherwise.</summary>
/// <param name="Options">All options of the run as JSON, without paths.</param>
/// <param name="Data">The data set's fingerprint.</param>
/// <param name="Device">Kind of the device: cpu or cuda.</param>
/// <param name="Library">libtorch's version.</param>
public sealed record Agreement(string Options, string Data, string Device, string Library);
