namespace StyleGanSharp.Networks.Ops;

/// <summary>What <see cref="FilteredLreluKernel"/> does with the signs of the samples at the high rate.</summary>
internal enum FilteredLreluMask
{
    /// <summary>Activates; nobody asks for signs.</summary>
    None,

    /// <summary>Activates and notes the signs: 1 above zero, -1 below, 0 where the limit holds the sample.</summary>
    Write,

    /// <summary>Multiplies with the derivative that noted signs tell, instead of activating.</summary>
    Read,
}
