using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>Opens the files of a perceptual distance, whichever they are.</summary>
public static class PerceptualSpaces
{
    /// <summary>Opens LPIPS, from one file or from two (backbone, heads), or a TorchScript detector that has it.</summary>
    /// <param name="paths">Files that the user named: TorchScript is executed. See <see cref="Lpips"/> for the others.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">
    /// A file cannot be used; also for damaged files and for those that cannot be read.
    /// </exception>
    public static IPerceptualSpace Open(IReadOnlyList<string> paths, Device device)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in paths)
        {
            ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
            if (FeatureFile.Reading(path, () => FeatureFile.IsScript(path)))
            {
                return paths.Count == 1
                    ? FeatureFile.Reading<IPerceptualSpace>(path, () => ScriptPerceptualSpace.Load(path, device))
                    : throw new FeatureException(
                        $"{path} is a TorchScript file, which has all of a perceptual distance: name it alone.");
            }
        }

        return FeatureFile.Reading<IPerceptualSpace>(paths.FirstOrDefault(""), () => Lpips.Load(paths, device));
    }
}
