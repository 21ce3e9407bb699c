using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Faces.Tests.Networks;

/// <summary>Damaged files get one sentence that names them, before anything of them is computed with.</summary>
[WithTensorScope]
public sealed class FaceNetworkFileTests
{
    private const string Bias = "conv0.bias";

    [Fact]
    public void Missing_and_foreign_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        Refuse(folder, "does not exist");
        File.WriteAllText(folder["detector.safetensors"], "<html>");
        Refuse(folder, "safetensors");
        File.Copy(Path.Combine(Golden.Models, "landmarks.safetensors"), folder["detector.safetensors"], overwrite: true);
        Refuse(folder, "face_network = detector");
        byte[] whole = File.ReadAllBytes(Path.Combine(Golden.Models, "detector.safetensors"));
        File.WriteAllBytes(folder["detector.safetensors"], whole[..^1]);
        Refuse(folder, "safetensors");
    }

    [Fact]
    public void Damaged_tensors_are_named()
    {
        using SafetensorsFile good = Safetensors.Read(Path.Combine(Golden.Models, "detector.safetensors"));
        using var folder = new TemporaryFolder();
        void Write(Func<string, Tensor, Tensor?> change) => Safetensors.Write(
            folder["detector.safetensors"],
            good.Tensors.Select(t => (t.Key, change(t.Key, t.Value))).Where(t => t.Item2 is not null).Select(
                t => (t.Key, t.Item2!)), good.Metadata);

        Write((_, value) => value);
        FaceAnalyzer.Open(folder.Path).Dispose();
        Write((name, value) => name == Bias ? null : value);
        Refuse(folder, "missing: conv0.bias");
        Write((name, value) => name == Bias ? Tensor.Zeros([17], DType.UInt8) : value);
        Refuse(folder, "conv0.bias is [17] instead of [16]");
        Write((name, value) => name == Bias ? Tensor.Zeros([16]) : value);
        Refuse(folder, "'conv0.bias' is Float32");
    }

    [Theory]
    [InlineData(null, "quantization")]
    [InlineData("null", "quantization")]
    [InlineData("{", "quantization")]
    [InlineData("""{"conv0.bias":null}""", "quantization")]
    [InlineData("""{"conv0.bias":{"scale":1}}""", "quantization")]
    [InlineData("""{"conv0.bias":{"scale":1e999,"min":0}}""", "quantization")]
    [InlineData("""{"conv0.bias":{"scale":1e300,"min":0}}""", "is UInt8")]
    public void Damaged_scales_are_refused(string? quantization, string words)
    {
        using SafetensorsFile good = Safetensors.Read(Path.Combine(Golden.Models, "detector.safetensors"));
        using var folder = new TemporaryFolder();
        var metadata = new Dictionary<string, string>(good.Metadata);
        metadata.Remove(FaceNetworkFile.QuantizationKey);
        if (quantization is not null)
        {
            metadata[FaceNetworkFile.QuantizationKey] = quantization;
        }

        Safetensors.Write(folder["detector.safetensors"], good.Tensors.Select(t => (t.Key, t.Value)), metadata);
        Refuse(folder, words);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        using SafetensorsFile good = Safetensors.Read(Path.Combine(Golden.Models, "detector.safetensors"));
        using var folder = new TemporaryFolder();
        var metadata = new Dictionary<string, string>(good.Metadata);
        string scales = metadata[FaceNetworkFile.QuantizationKey];
        int begin = scales.IndexOf("\"scale\":", StringComparison.Ordinal) + 8;
        metadata[FaceNetworkFile.QuantizationKey] = $"{scales[..begin]}1e60{scales[scales.IndexOf(',', begin)..]}";
        Safetensors.Write(folder["detector.safetensors"], good.Tensors.Select(t => (t.Key, t.Value)), metadata);
        Refuse(folder, "not finite");
    }

    private static void Refuse(TemporaryFolder folder, string words)
    {
        FaceException error = Assert.Throws<FaceException>(() => FaceAnalyzer.Open(folder.Path));
        Assert.Contains(folder["detector.safetensors"], error.Message);
        Assert.Contains(words, error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
