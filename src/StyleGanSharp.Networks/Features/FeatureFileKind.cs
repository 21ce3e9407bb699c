namespace StyleGanSharp.Networks.Features;

/// <summary>What a file of a feature network is.</summary>
internal enum FeatureFileKind
{
    /// <summary>Weights as safetensors.</summary>
    Safetensors,

    /// <summary>Weights of torch.save.</summary>
    Torch,

    /// <summary>A TorchScript archive, or nothing that is known: its reader says what is wrong.</summary>
    Script,

    /// <summary>A pickle, in which a TorchScript archive may lie.</summary>
    Pickle,
}
