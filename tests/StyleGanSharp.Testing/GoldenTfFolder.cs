using System.Text.Json;

namespace StyleGanSharp.Testing;

/// <summary>The expected numbers of networks from the time of TensorFlow and Theano.</summary>
public static class GoldenTfFolder
{
    /// <summary>Replaces the folder, to run the tests against other numbers of the same layout.</summary>
    public const string Variable = "STYLEGAN_GOLDEN_TF";

    /// <summary>The folder: that of <see cref="Variable"/>, else tests/golden-tf of this checkout.</summary>
    public static GoldenFiles Files { get; } = new(Variable, "golden-tf");

    /// <inheritdoc cref="GoldenFiles.Path"/>
    public static string Path(string name) => Files.Path(name);

    /// <inheritdoc cref="GoldenFiles.Json"/>
    public static JsonElement Json(string name) => Files.Json(name);

    /// <summary>The arrays of NAME.npz as tensors.</summary>
    public static GoldenTensors Tensors(string name) => new(Files, $"{name}.npz");

    /// <inheritdoc cref="GoldenFiles.Has"/>
    public static bool Has(string name) => Files.Has(name);

    /// <summary>Names of the network files that have expected outputs beside them, whatever they are called.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Files.Names("", ".pkl").Where(name => Has($"{name}.npz"))];
}
