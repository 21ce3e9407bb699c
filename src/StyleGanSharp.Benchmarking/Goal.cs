namespace StyleGanSharp.Benchmarking;

/// <summary>What a row is meant to reach.</summary>
/// <param name="Work">Name of the row.</param>
/// <param name="Batch">Images at a time; 0: the work has its own.</param>
/// <param name="Single">Seconds in float32, with results within the tolerances of the tests.</param>
/// <param name="Fast">Seconds with <c>--precision fast</c>.</param>
internal readonly record struct Goal(string Work, int Batch, double Single, double Fast);
