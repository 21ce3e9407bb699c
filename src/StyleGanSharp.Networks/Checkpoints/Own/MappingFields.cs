using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>
/// What the options of StyleGAN2 and StyleGAN3 share in network files: those of the mapping network, and the clamp.
/// </summary>
internal static class MappingFields
{
    public const double LeastMultiplier = 1e-6;

    /// <summary>The fields of the mapping network.</summary>
    public static MappingOptions List(OptionFields f, MappingOptions o) => o with
    {
        NumLayers = f.Count("num_layers", o.NumLayers),
        LabelInput = f.Choice("label_input", o.LabelInput),
        EmbedFeatures = f.CountOrNull("embed_features", o.EmbedFeatures),
        LayerFeatures = f.CountOrNull("layer_features", o.LayerFeatures),
        Activation = f.Choice("activation", o.Activation),
        LrMultiplier = f.Number("lr_multiplier", o.LrMultiplier),
        WAvgBeta = f.NumberOrNull("w_avg_beta", o.WAvgBeta),
    };

    /// <summary>Whether the options of a mapping network can belong to the tensors of a file.</summary>
    /// <exception cref="SnapshotException">They cannot.</exception>
    public static void Check(int zDim, int cDim, int wDim, MappingOptions options, StoredTensors stored)
    {
        stored.InRange("z_dim", zDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("c_dim", cDim, 0, StoredTensors.MaxFeatures);
        stored.InRange("w_dim", wDim, 1, StoredTensors.MaxFeatures);
        stored.InRange("mapping.num_layers", options.NumLayers, 0, StoredTensors.MaxLayers);
        stored.InRange("mapping.lr_multiplier", options.LrMultiplier, LeastMultiplier, 1 / LeastMultiplier);
        stored.InRange("mapping.w_avg_beta", options.WAvgBeta ?? 0, 0, 1);
        bool concatenated = options.LabelInput == LabelInput.Concatenated;
        int embedded = cDim == 0 ? 0 : concatenated ? zDim : options.EmbedFeatures ?? wDim;
        if (cDim > 0 && concatenated)
        {
            stored.Require("mapping.label.weight", embedded, cDim);
        }
        else if (cDim > 0)
        {
            stored.Require("mapping.embed.weight", embedded, cDim);
        }

        if (options.NumLayers == 0 && zDim + embedded != wDim)
        {
            throw stored.Error($"without mapping layers w has {zDim + embedded} numbers, the option 'w_dim' is {wDim}");
        }

        int inner = options.LayerFeatures ?? wDim;
        for (int i = 0; i < options.NumLayers; i++)
        {
            stored.Require($"mapping.fc{i}.weight", i == options.NumLayers - 1 ? wDim : inner, i == 0 ? zDim + embedded : inner);
        }
    }

    /// <summary>Whether a limit of the activations is one.</summary>
    /// <exception cref="SnapshotException">It is not.</exception>
    public static void CheckClamp(double? clamp, StoredTensors stored) =>
        stored.InRange("conv_clamp", clamp ?? 1, 0, double.MaxValue);
}
