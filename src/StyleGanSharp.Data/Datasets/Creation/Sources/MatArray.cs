namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>An array of a MATLAB file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">The values, first size fastest.</param>
internal sealed record MatArray(string Name, int[] Shape, byte[] Values);
