namespace StyleGanSharp.Networks;

/// <summary>
/// Where the levels of a generator begin: which layers count as coarse (pose, shape), middle (features) and fine (colors,
/// texture). The field's rule fits networks of 256 pixels and more; a smaller network carries its own boundaries in its file,
/// since the rule would leave nothing to its fine level.
/// </summary>
/// <param name="MiddleLayer">First w index of the middle level, at least 1.</param>
/// <param name="FineLayer">First w index of the fine level, above <paramref name="MiddleLayer"/>.</param>
/// <param name="MiddleResolution">First resolution whose noise is of the middle level.</param>
/// <param name="FineResolution">First resolution whose noise is of the fine level.</param>
public sealed record StyleLevels(int MiddleLayer, int FineLayer, int MiddleResolution, int FineResolution)
{
    private const string Coarse = "coarse";
    private const string Middle = "middle";
    private const string Fine = "fine";

    /// <summary>
    /// The field's rule: w indices 0-3, 4-7, 8 and up; noise at 4-8, 16-32, 64 and up. Source: Karras et al., "A Style-Based
    /// Generator Architecture" (2019), section 3.1, figure 3.
    /// </summary>
    public static StyleLevels Default { get; } = new(4, 8, 16, 64);

    /// <summary>Whether the boundaries rise and stay within any network.</summary>
    public bool IsValid => MiddleLayer is >= 1 and < 1000 && FineLayer > MiddleLayer && FineLayer < 1000
        && MiddleResolution is >= 4 and < 65536 && FineResolution > MiddleResolution && FineResolution <= 65536;

    /// <summary>The level of a layer: coarse, middle or fine.</summary>
    public string OfLayer(int index) => index < MiddleLayer ? Coarse : index < FineLayer ? Middle : Fine;

    /// <summary>The level of the noise of a resolution.</summary>
    public string OfResolution(int resolution) =>
        resolution < MiddleResolution ? Coarse : resolution < FineResolution ? Middle : Fine;
}
