using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Images;

/// <summary>A network's output before it becomes pixels.</summary>
/// <param name="Channels">Color channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">[Channels, Height, Width], about [-1, 1].</param>
public sealed record RawImage(int Channels, int Height, int Width, float[] Values)
{
    /// <summary>The pixels, by the rule of image export: clamp(x * 127.5 + 128, 0, 255), decimals cut off.</summary>
    public ImageBuffer ToPixels()
    {
        var planes = new byte[Values.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            float scaled = Values[i] * 127.5f;
            planes[i] = (byte)Math.Clamp(scaled + 128, 0, byte.MaxValue);
        }

        return ImageBuffer.FromPlanar(Width, Height, Channels, planes);
    }
}
