namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>A data set of letters.</summary>
public sealed record FontOptions
{
    /// <summary>Only fonts below this folder; null (the default) = the installed ones.</summary>
    public string? Folder { get; init; }

    /// <summary>Families whose name contains one of these texts are left out. The default is none.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The letters, each a class. The default is A to Z.</summary>
    public string Letters { get; init; } = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Side of the images, a power of two. The default is 32.</summary>
    public int Side { get; init; } = 32;

    /// <summary>Part of the families that goes to a second data set, 0 (the default) to below 1.</summary>
    public double HoldOut { get; init; }
}
