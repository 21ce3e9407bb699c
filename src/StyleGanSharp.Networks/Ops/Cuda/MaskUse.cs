namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>What stands between the filters of the kernel <c>filtered_lrelu</c>; the numbers are the kernel's.</summary>
internal enum MaskUse
{
    /// <summary>The activation.</summary>
    None,

    /// <summary>The activation, whose pieces are noted.</summary>
    Write,

    /// <summary>A multiplication by the slopes of noted pieces.</summary>
    Apply,
}
