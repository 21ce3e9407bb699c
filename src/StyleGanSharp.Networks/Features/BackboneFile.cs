using System.Text.RegularExpressions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>Finds backbones and heads among the tensors of a file of weights.</summary>
internal static partial class BackboneFile
{
    private const string HeadPrefix = "lin";
    private const string FirstHead = "lin0.model.1.weight";

    // The names inside an LPIPS file of this project, and those inside torchvision's own.
    private static readonly string[] Prefixes = ["net.features.", "features."];

    /// <summary>Whether a file has the convolutions of some network.</summary>
    internal static bool HasBackbone(WeightFile file) => BackboneNames(file).Count > 0;

    /// <summary>Whether these convolutions are SqueezeNet's.</summary>
    internal static bool HasSqueezeNet(WeightFile file) => BackboneNames(file).ContainsKey("3.squeeze.weight");

    /// <summary>Whether a file has heads of LPIPS.</summary>
    internal static bool HasHeads(WeightFile file) => file.Shapes.ContainsKey(FirstHead);

    /// <summary>SqueezeNet on a device; other tensors of the file, such as a classifier, are left alone.</summary>
    internal static SqueezeNet ReadSqueezeNet(WeightFile file, Device device) => HasBackbone(file)
        ? LoadBackbone(file, new SqueezeNet(), device)
        : throw new FeatureException(
            $"{file.Path} holds no SqueezeNet 1.1: tensors named net.features.N or features.N are needed.");

    /// <summary>The backbone that a file holds, on a device.</summary>
    internal static PerceptualBackbone Read(WeightFile file, Device device)
    {
        Dictionary<string, string> names = BackboneNames(file);
        IReadOnlyList<long> first = names.TryGetValue("0.weight", out string? name) ? file.Shapes[name] : [];
        return LoadBackbone<PerceptualBackbone>(
            file,
            names.ContainsKey("3.squeeze.weight") ? new SqueezeNet()
            : first is [_, _, 11, 11] ? new AlexNet()
            : names.ContainsKey("28.weight") ? new Vgg16()
            : throw new FeatureException(
                $"{file.Path} holds none of the networks that LPIPS uses: the convolutions of SqueezeNet 1.1, AlexNet or VGG16 "
                    + $"are needed, as tensors named net.features.N or features.N."),
            device);
    }

    /// <summary>The heads for a backbone, on a device.</summary>
    internal static LpipsHeads ReadHeads(WeightFile file, PerceptualBackbone backbone, Device device)
    {
        Dictionary<string, string> names = file.Shapes.Keys.Where(k => HeadName().IsMatch(k))
            .ToDictionary(k => k[HeadPrefix.Length..]);
        LpipsHeads heads = Load(
            file, new LpipsHeads(backbone.Channels), names, $"heads of LPIPS for {backbone.Title}", device);
        using var scope = new TensorScope();
        foreach (NamedTensor head in heads.NamedTensors())
        {
            // Training keeps them from becoming negative (Zhang et al., section 3): a distance could be negative, and no vectors
            // have it as theirs.
            if (head.Value.Min().Item() < 0)
            {
                heads.Dispose();
                throw new FeatureException($"{file.Path} is damaged: {HeadPrefix}{head.Name} has negative weights.");
            }
        }

        return heads;
    }

    private static T LoadBackbone<T>(WeightFile file, T network, Device device)
        where T : PerceptualBackbone =>
        Load(file, network, BackboneNames(file), $"convolutions of {network.Title}", device);

    // Full names in the file by the names within the sequence.
    private static Dictionary<string, string> BackboneNames(WeightFile file)
    {
        foreach (string prefix in Prefixes)
        {
            if (file.Shapes.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal)))
            {
                return file.Shapes.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
                    .ToDictionary(k => k[prefix.Length..]);
            }
        }

        var names = new Dictionary<string, string>();
        foreach (string full in file.Shapes.Keys)
        {
            if (SliceName().Match(full) is { Success: true } slice)
            {
                names.TryAdd(full[slice.Length..], full);
            }
        }

        return names;
    }

    private static T Load<T>(WeightFile file, T module, Dictionary<string, string> names, string what, Device device)
        where T : Module
    {
        try
        {
            module.Load(
                names.ToDictionary(n => n.Key, n => file.Shapes[n.Value]),
                (name, target) => file.ReadInto(names[name], target));
            if (module.NamedTensors().FirstOrDefault(t => !t.Value.AllFinite()).Name is { } broken)
            {
                throw new FeatureException($"{file.Path} is damaged: {names[broken]} holds values that are not finite numbers.");
            }

            module.To(device);
            return module;
        }
        catch (LoadException e)
        {
            module.Dispose();
            throw new FeatureException($"{file.Path} does not hold the {what} that are needed ({e.Message}).", e);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    // The dictionary of a whole module of the authors' package: parts of the sequence, numbered through.
    [GeneratedRegex(@"^net\.slice\d+\.")]
    private static partial Regex SliceName();

    // That dictionary has each head twice, as lin0 and within a list.
    [GeneratedRegex(@"^lin\d+\.")]
    private static partial Regex HeadName();
}
