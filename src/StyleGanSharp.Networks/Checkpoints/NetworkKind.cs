namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>What a network of a snapshot is for.</summary>
public enum NetworkKind
{
    /// <summary>Nothing this program recognises.</summary>
    Other,

    /// <summary>Makes pictures.</summary>
    Generator,

    /// <summary>Tells real pictures from made ones.</summary>
    Discriminator,

    /// <summary>Changes pictures on the way to the discriminator.</summary>
    Augmentation,
}
