namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// What the kernels of <see cref="FilteredLrelu"/> do with the signs of the samples at the high rate; the numbers are the CUDA
/// kernel's.
/// </summary>
internal enum FilteredLreluMask
{
    /// <summary>Activates; nobody asks for signs.</summary>
    None,

    /// <summary>Activates and notes the signs: 1 above zero, -1 below, 0 where the limit holds the sample.</summary>
    Write,

    /// <summary>Multiplies with the derivative that noted signs tell, instead of activating.</summary>
    Read,
}
