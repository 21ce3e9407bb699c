namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Which of the three matrices of y = x·wᵀ is computed from the other two. As for convolutions (<see cref="ConvolutionRole"/>), each role's
/// gradients are the other two.
/// </summary>
internal enum ProductRole
{
    /// <summary>y [N, M], of x [N, K] and w [M, K].</summary>
    Output,

    /// <summary>The input's side [N, K], of g [N, M] and w [M, K].</summary>
    Input,

    /// <summary>The weights' side [M, K], of g [N, M] and x [N, K].</summary>
    Weight,
}
