using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Growing;

/// <summary>A network that is grown progressively; its level of detail is the buffer <c>lod</c>.</summary>
public abstract class ProgressiveNetwork : Module, IGrowing
{
    private readonly Tensor buffer;
    private double lod;

    private protected ProgressiveNetwork() => buffer = AddBuffer("lod", Tensor.Zeros([]))!;

    /// <inheritdoc/>
    public double Lod
    {
        get => lod;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (!double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a finite number.");
            }

            buffer.FillInPlace(value);
            lod = value;
        }
    }

    /// <inheritdoc/>
    protected override void OnLoaded()
    {
        using var scope = new TensorScope();
        double loaded = buffer.To(Device.Cpu).ToArray<float>()[0];
        lod = loaded >= 0 && double.IsFinite(loaded)
            ? loaded
            : throw new ArgumentException(
                FormattableString.Invariant($"The level of detail is {loaded}, expected a number from 0."));
    }
}
