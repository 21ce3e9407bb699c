namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// The way out of an unusable data set: creating another one from it. Faces turn it into a command or a prepared form.
/// </summary>
/// <param name="Source">The images: a folder, zip or record file.</param>
public sealed record CreationAdvice(string Source)
{
    /// <summary>Side of the square images to create; null: the source's size.</summary>
    public int? Side { get; init; }

    /// <summary>The size has to be chosen by the user, because there is no obvious one.</summary>
    public bool ChoosesResolution { get; init; }

    /// <summary>Channels to create, 1 (gray), 3 (RGB) or 4 (RGBA); null: the source's.</summary>
    public int? Channels { get; init; }

    /// <summary>The source is damaged in places, which the new data set leaves out.</summary>
    public bool LeavesOutDamage { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (LeavesOutDamage)
        {
            return $"create a data set from {Source}, which leaves out what is damaged";
        }

        string size = Side is int side
            ? $" of {side}x{side} images, cropped, padded or squashed," : ChoosesResolution ? " of one resolution" : "";
        string channels = Channels switch { 1 => " in gray", 3 => " in RGB", 4 => " in RGBA", _ => "" };
        return $"create a data set{size}{channels} from {Source}";
    }
}
