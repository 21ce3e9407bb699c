using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// A network of the time before PyTorch as plain data: which function built it, with which options, and its variables. The Python
/// source that such files carry along is neither kept nor run; the architecture follows from the function's name.
/// </summary>
public sealed class TfNetworkRecord
{
    /// <summary>Where parameters of Theano networks are found among the variables: this and the position in the file.</summary>
    public const string TheanoParameter = "param_values.";

    /// <summary>
    /// Where values beside the parameters of Theano networks are found among the variables, e.g. <c>cur_lod</c>.
    /// </summary>
    public const string TheanoTopLevel = "toplevel_params.";

    /// <summary>
    /// Class in the program that saved it: <c>tfutil.Network</c> or <c>dnnlib.tflib.network.Network</c>; <c>network.Network</c>
    /// of Theano.
    /// </summary>
    public required string ClassName { get; init; }

    /// <summary>The network's own name: "G", "D", "Gs", "G_mapping"; empty for Theano networks, which have none.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the layout, 2 to 5; null: a Theano network, which has none.</summary>
    public required int? Version { get; init; }

    /// <summary>The function that built it: "G_paper", "D_paper", "G_style", "G_mapping", "G_main", ...</summary>
    public required string BuildFunction { get; init; }

    /// <summary>
    /// The options given to the function, in order; those left out had its defaults. Texts, long, double, bool, null, and object
    /// arrays and dictionaries (by text) of them.
    /// </summary>
    public required IReadOnlyDictionary<string, object?> StaticKwargs { get; init; }

    /// <summary>
    /// The network's own variables in the order of their creation; single numbers are arrays without dimensions.
    /// </summary>
    public required IReadOnlyDictionary<string, NumpyArray> Variables { get; init; }

    /// <summary>The networks that it is put together from, by role: "synthesis", "mapping"; empty for simple ones.</summary>
    public required IReadOnlyDictionary<string, TfNetworkRecord> Components { get; init; }
}
