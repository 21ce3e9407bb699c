using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>Reads SqueezeNet and LPIPS weights from a safetensors file.</summary>
internal static class SqueezeNetFile
{
    // The names inside an LPIPS file, and those inside torchvision's own.
    private static readonly string[] Prefixes = ["net.features.", "features."];

    /// <summary>The backbone on a device; other tensors of the file, such as a classifier, are left alone.</summary>
    internal static SqueezeNet ReadBackbone(string path, SafetensorsFile file, Device device)
    {
        string? prefix = Array.Find(Prefixes, p => file.Tensors.Keys.Any(k => k.StartsWith(p, StringComparison.Ordinal)))
            ?? throw new FeatureException(
                $"{path} holds no SqueezeNet 1.1: tensors named net.features.N or features.N are needed.");
        return Load(path, new SqueezeNet(), file, prefix, "convolutions of SqueezeNet 1.1", device);
    }

    /// <summary>Loads a module from the tensors that begin with a prefix.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="module">Takes the values; disposed when it cannot.</param>
    /// <param name="file">Its contents.</param>
    /// <param name="prefix">Of the names.</param>
    /// <param name="what">What is looked for, a plural.</param>
    /// <param name="device">Where it computes.</param>
    internal static T Load<T>(string path, T module, SafetensorsFile file, string prefix, string what, Device device)
        where T : Module
    {
        try
        {
            string[] names =
                [.. file.Tensors.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..])];
            module.Load(names, name => file.Tensors[prefix + name]);
            if (module.NamedTensors().FirstOrDefault(t => !t.Value.AllFinite()).Name is { } broken)
            {
                throw new FeatureException($"{path} is damaged: {prefix}{broken} holds values that are not finite numbers.");
            }

            module.To(device);
            return module;
        }
        catch (LoadException e)
        {
            module.Dispose();
            throw new FeatureException($"{path} does not hold the {what} that are needed ({e.Message}).", e);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }
}
