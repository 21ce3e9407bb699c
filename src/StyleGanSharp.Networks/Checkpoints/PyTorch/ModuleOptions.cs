namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Reads constructor options out of a module record, with errors that name file, module and option. What the module was built to
/// (its attributes) goes before what it was asked for (its arguments), because defaults differ between code versions.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The module's full name, for messages.</param>
/// <param name="record">The module.</param>
internal sealed class ModuleOptions(string path, string name, ModuleRecord record)
    : OptionReader(path, name, option => Find(record, option))
{
    private readonly (string Path, string Name) place = (path, name);

    internal ModuleRecord Record => record;

    /// <summary>The options of a submodule.</summary>
    internal ModuleOptions Child(string child) => record.Modules.TryGetValue(child, out ModuleRecord? found) && found is not null
        ? new ModuleOptions(place.Path, $"{place.Name}.{child}", found)
        : throw Error($"the part '{child}' is missing");

    internal bool HasChild(string child) => record.Modules.TryGetValue(child, out ModuleRecord? found) && found is not null;

    /// <summary>The shape of one of the module's own tensors.</summary>
    internal IReadOnlyList<long> Shape(string tensor, int dimensions)
    {
        TensorRecord? found = record.Parameters.GetValueOrDefault(tensor) ?? record.Buffers.GetValueOrDefault(tensor);
        return found is null ? throw Error($"the tensor '{tensor}' is missing")
            : found.Shape.Count != dimensions
            ? throw Error($"the tensor '{tensor}' has {found.Shape.Count} dimensions instead of {dimensions}")
            : found.Shape;
    }

    private static object? Find(ModuleRecord record, string option) =>
        record.Attributes.TryGetValue(option, out object? value) || record.InitKwargs.TryGetValue(option, out value)
            ? value : null;
}
