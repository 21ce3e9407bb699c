using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>A random generator of libtorch: an explicit argument wherever random numbers are drawn.</summary>
/// <param name="seed">Seed; equal seeds give equal draws on one kind of device.</param>
/// <param name="device">Device the draws are made on; default: the CPU.</param>
public sealed class RandomGenerator(ulong seed, Device? device = null) : IDisposable
{
    /// <summary>Device the draws are made on.</summary>
    public Device Device { get; } = device ?? Device.Cpu;

    internal GeneratorHandle Handle { get; } = new(Native.GeneratorCreate(device ?? Device.Cpu, seed));

    /// <summary>The complete state, bytes [n]; setting it continues exactly where it was taken.</summary>
    public byte[] State
    {
        get
        {
            using var state = new Tensor(Native.GeneratorGetState(Handle));
            return state.ToArray<byte>();
        }

        set
        {
            using Tensor state = Tensor.From(value, [value.Length]);
            Native.GeneratorSetState(Handle, state.Handle);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
