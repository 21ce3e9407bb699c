using StyleGanSharp.Networks.Checkpoints;

namespace StyleGanSharp.Cli.Inspection;

/// <summary>What the kinds of snapshots and networks are called: for people, and as the stable values of the JSON form.</summary>
internal static class SnapshotNames
{
    internal const string LicenceNote =
        "Not recorded in the file, and the tool cannot know who made it. The official pretrained networks "
            + "published by NVIDIA are for "
        + "non-commercial use only; for any other file ask its maker.";

    internal static string ForPeople(NetworkGeneration generation, SnapshotContainer container) => generation switch
    {
        NetworkGeneration.ProGan => "ProGAN",
        NetworkGeneration.StyleGan1 => "StyleGAN",
        NetworkGeneration.StyleGan2TensorFlow => "StyleGAN2 (TensorFlow)",
        NetworkGeneration.StyleGan2AdaTensorFlow => "StyleGAN2-ADA (TensorFlow)",
        NetworkGeneration.StyleGan2Ada => "StyleGAN2-ADA",
        NetworkGeneration.StyleGan2 when container != SnapshotContainer.Pickle => "StyleGAN2",
        NetworkGeneration.StyleGan2 => "StyleGAN2 (in the layout of the StyleGAN3 code)",
        NetworkGeneration.StyleGan3 => "StyleGAN3 (neither -T nor -R)",
        NetworkGeneration.StyleGan3T => "StyleGAN3-T",
        NetworkGeneration.StyleGan3R => "StyleGAN3-R",
        _ => "not recognised",
    };

    internal static string ForPrograms(NetworkGeneration generation) => generation switch
    {
        NetworkGeneration.ProGan => "progan",
        NetworkGeneration.StyleGan1 => "stylegan",
        NetworkGeneration.StyleGan2TensorFlow => "stylegan2-tf",
        NetworkGeneration.StyleGan2AdaTensorFlow => "stylegan2-ada-tf",
        NetworkGeneration.StyleGan2Ada => "stylegan2-ada",
        NetworkGeneration.StyleGan2 => "stylegan2",
        NetworkGeneration.StyleGan3 => "stylegan3",
        NetworkGeneration.StyleGan3T => "stylegan3-t",
        NetworkGeneration.StyleGan3R => "stylegan3-r",
        _ => "unknown",
    };

    internal static string ForPeople(SnapshotContainer container) => container switch
    {
        SnapshotContainer.TorchZip => "torch.save (zip archive)",
        SnapshotContainer.TorchStream => "torch.save (stream, before PyTorch 1.6)",
        SnapshotContainer.Safetensors => "safetensors",
        _ => "pickle",
    };

    internal static string ForPrograms(SnapshotContainer container) => container switch
    {
        SnapshotContainer.TorchZip => "torch-zip",
        SnapshotContainer.TorchStream => "torch-stream",
        SnapshotContainer.Safetensors => "safetensors",
        _ => "pickle",
    };

    internal static string Of(NetworkKind kind) => kind.ToString().ToLowerInvariant();

    internal static string Of(TensorKind kind) => kind.ToString().ToLowerInvariant();

    internal static string Of(ElementType element) => element.ToString().ToLowerInvariant();
}
