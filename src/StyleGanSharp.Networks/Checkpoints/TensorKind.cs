namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>The role of a tensor in a module.</summary>
public enum TensorKind
{
    /// <summary>Trained (torch.nn.Parameter).</summary>
    Parameter,

    /// <summary>Kept with the module but not trained: filters, noise images, running averages, frozen weights.</summary>
    Buffer,
}
