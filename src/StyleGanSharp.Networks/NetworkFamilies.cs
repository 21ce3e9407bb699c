namespace StyleGanSharp.Networks;

/// <summary>The families of networks, one line each: everything else about a family stands in its folder.</summary>
public static class NetworkFamilies
{
    /// <summary>StyleGAN2 and StyleGAN2-ADA.</summary>
    public static NetworkFamily StyleGan2 { get; } = new StyleGan2.StyleGan2Family();

    /// <summary>StyleGAN2 with progressive growing, configurations B to D.</summary>
    public static NetworkFamily GrowingStyleGan2 { get; } = new StyleGan2.GrowingStyleGan2Family();

    /// <summary>StyleGAN3, configurations T and R.</summary>
    public static NetworkFamily StyleGan3 { get; } = new StyleGan3.StyleGan3Family();

    /// <summary>StyleGAN, the first.</summary>
    public static NetworkFamily StyleGan1 { get; } = new StyleGan1.StyleGan1Family();

    /// <summary>ProGAN.</summary>
    public static NetworkFamily ProGan { get; } = new ProGan.ProGanFamily();

    /// <summary>All of them, in the order in which files are compared with them.</summary>
    public static IReadOnlyList<NetworkFamily> All { get; } = [StyleGan2, GrowingStyleGan2, StyleGan3, StyleGan1, ProGan];

    /// <summary>The family of a generator; null: it is of none of these.</summary>
    public static NetworkFamily? Find(IGenerator generator) => All.FirstOrDefault(f => f.Owns(generator));

    /// <summary>The family of a generator's options.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="grows">Whether the network grows, which the options of StyleGAN2 leave open.</param>
    /// <exception cref="ArgumentException">The options are of none of these families.</exception>
    public static NetworkFamily Of(IGeneratorOptions options, bool grows) =>
        All.Where(f => f.Owns(options)).OrderByDescending(f => f.Grows == grows).FirstOrDefault()
        ?? throw new ArgumentException($"{options?.GetType()} are no options of a known family.", nameof(options));
}
