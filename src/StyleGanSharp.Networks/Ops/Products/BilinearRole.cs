namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Which of the three tensors that a convolution or a matrix product connects is computed from the other two. The product of all
/// three, ⟨g, f(x, w)⟩, is linear in each, so each role's gradients are the other two roles: closed under differentiation of any
/// order.
/// </summary>
internal enum BilinearRole
{
    /// <summary>The result, of (x, w).</summary>
    Output,

    /// <summary>The input's side, of (g, w).</summary>
    Input,

    /// <summary>The weights' side, of (g, x).</summary>
    Weight,
}
