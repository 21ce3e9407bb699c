using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Faces;

/// <summary>
/// The weights of the package @vladmandic/face-api as the files of models/faces: bytes stay bytes, tensors get the engine's
/// layout, names get points in the place of slashes.
/// </summary>
internal static class FaceModelConversion
{
    private const string Source = "@vladmandic/face-api 1.7.15 (npm), MIT License, Copyright (c) Vladimir Mandic";

    // Name here, name in the package.
    private static readonly (string Name, string Package)[] Networks =
    [
        (FaceNetworks.DetectorName, "tiny_face_detector_model"),
        (FaceNetworks.LandmarksName, "face_landmark_68_model"),
        (FaceNetworks.ExpressionsName, "face_expression_model"),
        (FaceNetworks.AgeGenderName, "age_gender_model"),
        (FaceNetworks.DescriptorName, "face_recognition_model"),
    ];

    /// <summary>Converts all five networks.</summary>
    /// <param name="source">The package's folder <c>model</c>.</param>
    /// <param name="target">Folder for the files; it exists.</param>
    /// <returns>The files.</returns>
    /// <exception cref="RecipeException">A manifest or its weights are not what is expected.</exception>
    internal static IReadOnlyList<string> Convert(string source, string target) => [.. Networks.Select(network =>
    {
        string path = Path.Combine(target, FaceNetworks.FileName(network.Name));
        Convert(Path.Combine(source, network.Package), network.Name, path);
        return path;
    })];

    private static void Convert(string prefix, string name, string target)
    {
        string manifest = $"{prefix}-weights_manifest.json", weights = $"{prefix}.bin";
        WeightEntry[] entries = ReadManifest(manifest);
        byte[] bytes = File.ReadAllBytes(weights);
        using var scope = new TensorScope();
        var tensors = new List<(string, Tensor)>();
        var quantization = new Dictionary<string, Quantization>();
        int position = 0;
        foreach (WeightEntry entry in entries)
        {
            bool isBytes = entry.Quantization is not null;
            long length = checked(Shape.Count(entry.Shape) * (isBytes ? 1 : sizeof(float)));
            if (entry.Dtype != "float32" || entry.Quantization is { Dtype: not "uint8" } || length > bytes.Length - position)
            {
                throw new RecipeException($"{manifest}: '{entry.Name}' is not float32 or uint8, or {weights} ends before it.");
            }

            string tensor = entry.Name.Replace('/', '.');
            Tensor value = Tensor.FromBytes(
                bytes.AsSpan(position, (int)length), entry.Shape, isBytes ? DType.UInt8 : DType.Float32);
            tensors.Add((tensor, InOurLayout(entry.Name, value)));
            if (entry.Quantization is { } scale)
            {
                quantization.Add(tensor, new Quantization(scale.Scale, scale.Min));
            }

            position += (int)length;
        }

        if (position != bytes.Length)
        {
            throw new RecipeException($"{weights} has {bytes.Length} bytes, its manifest describes {position}.");
        }

        FaceNetworkFile.Write(target, name, tensors, quantization, new Dictionary<string, string>
        {
            ["source"] = $"{Path.GetFileName(prefix)} of {Source}",
        });
    }

    // There: height, width, inputs, outputs; of a depthwise filter height, width, channels, 1; of a matrix inputs, outputs.
    private static Tensor InOurLayout(string name, Tensor value) => value.Dim switch
    {
        4 when name.EndsWith("depthwise_filter", StringComparison.Ordinal) => value.Permute(2, 3, 0, 1).Contiguous(),
        4 => value.Permute(3, 2, 0, 1).Contiguous(),
        2 => value.Transpose(0, 1).Contiguous(),
        _ => value,
    };

    private static WeightEntry[] ReadManifest(string path)
    {
        try
        {
            WeightGroup[]? groups = JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJson.Default.WeightGroupArray);
            return groups is [{ Weights: { } weights }]
                ? weights
                : throw new RecipeException($"{path} is not the manifest of one file of weights.");
        }
        catch (JsonException e)
        {
            throw new RecipeException($"{path} is not a manifest of weights ({e.Message.TrimEnd('.')}).");
        }
    }
}

internal sealed record WeightGroup(WeightEntry[] Weights);

internal sealed record WeightEntry(string Name, long[] Shape, string Dtype, WeightQuantization? Quantization);

internal sealed record WeightQuantization(string Dtype, double Scale, double Min);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WeightGroup[]))]
internal sealed partial class ManifestJson : JsonSerializerContext;
