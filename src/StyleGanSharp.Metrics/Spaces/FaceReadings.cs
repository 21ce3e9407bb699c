using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Spaces;

/// <summary>What the face networks say of images; of several faces the one with the highest score counts.</summary>
/// <param name="device">Where they compute.</param>
internal sealed class FaceReadings(Device device) : IDisposable
{
    /// <summary>Numbers that tell people apart.</summary>
    internal const int DescriptorSize = 128;

    private readonly FaceAnalyzer analyzer = Reading(() => FaceAnalyzer.Open(device: device));

    /// <summary>Expressions that are told apart.</summary>
    internal static int ExpressionCount => Enum.GetValues<Expression>().Length;

    /// <summary>The face of every image.</summary>
    /// <param name="images">uint8 [N, C, H, W].</param>
    /// <param name="parts">What is computed.</param>
    /// <returns>N faces; null where none was found.</returns>
    internal Face?[] Read(Tensor images, FaceParts parts)
    {
        (int channels, int height, int width) = ((int)images.Size(1), (int)images.Size(2), (int)images.Size(3));
        byte[] pixels = images.To(Device.Cpu).ToBytes();
        int size = channels * height * width;
        var options = new FaceOptions { Parts = parts };
        return Reading(() => Enumerable.Range(0, (int)images.Size(0)).Select(i => analyzer.Analyze(
            ImageBuffer.FromPlanar(width, height, channels, pixels.AsSpan(i * size, size)), options) is [var face, ..]
            ? face : null).ToArray());
    }

    /// <summary>Probabilities of the expressions; images without a face say nothing: all are equal.</summary>
    /// <returns>[N, 7] float32.</returns>
    internal Tensor Expressions(Tensor images)
    {
        Face?[] faces = Read(images, FaceParts.Expressions);
        float[] values =
        [
            .. faces.SelectMany(face => Enumerable.Range(0, ExpressionCount).Select(
                e => face is null ? 1f / ExpressionCount : (float)face.Expressions![e])),
        ];
        return Tensor.From(values, [faces.Length, ExpressionCount]);
    }

    /// <summary>Descriptors of the people; zeros for images without a face.</summary>
    /// <returns>[N, 128] float32.</returns>
    internal Tensor Descriptors(Tensor images)
    {
        Face?[] faces = Read(images, FaceParts.Descriptor);
        var values = new float[faces.Length * DescriptorSize];
        for (int i = 0; i < faces.Length; i++)
        {
            faces[i]?.Descriptor!.ToArray().CopyTo(values, i * DescriptorSize);
        }

        return Tensor.From(values, [faces.Length, DescriptorSize]);
    }

    /// <inheritdoc/>
    public void Dispose() => analyzer.Dispose();

    // Whoever measures knows feature networks only.
    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FaceException e)
        {
            throw new FeatureException(e.Message, e);
        }
    }
}
