using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Pictures of seeds.</summary>
internal sealed class SeedSource(uint[] seeds) : LatentSource
{
    internal override int Count => seeds.Length;

    internal override string Name(int index) => $"seed{seeds[index]:d4}";

    internal override uint Number(int index) => seeds[index];

    internal override Tensor Ws(IGenerator generator, int index, Tensor? label, Device device)
    {
        using var scope = new TensorScope();
        Tensor z = LatentSeeds.Draw([seeds[index]], generator.ZDim).To(DType.Float32);
        return scope.Keep(generator.Map(z.To(device), label));
    }

    public override void Dispose()
    {
        // Seeds hold nothing.
    }
}
