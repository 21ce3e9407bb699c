namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What a network of a snapshot is for.</summary>
public enum NetworkKind
{
    /// <summary>Nothing this program recognises.</summary>
    Other,

    /// <summary>Makes images.</summary>
    Generator,

    /// <summary>Tells real images from made ones.</summary>
    Discriminator,

    /// <summary>Changes images on the way to the discriminator.</summary>
    Augmentation,
}
