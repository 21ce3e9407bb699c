using System.Runtime.InteropServices;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Distributed;

/// <summary>
/// All processes make the same steps from the same values, so their weights are the same bits. Where they are not (another
/// processor, broken memory), they would drift apart in silence.
/// </summary>
internal static class WeightCheck
{
    private const int ExactBits = 52; // Of a double.

    internal static void RequireEqual(IReducer reducer, TrainedNetworks networks)
    {
        if (reducer.Size == 1)
        {
            return;
        }

        var own = new double[reducer.Size];
        own[reducer.Rank] = Hash(networks) >> (64 - ExactBits);
        double[] all = reducer.Sum(own);
        int other = Array.FindIndex(all, hash => hash != all[0]);
        if (other > 0)
        {
            throw new RunException(
                $"The weights of rank {other} are not those of rank 0 any more: their machines compute differently (another "
                    + $"processor, another number of threads, or broken " +
                "memory); the run ends, its last saved state is rank 0's.")
            {
                WhileRunning = true,
            };
        }
    }

    private static ulong Hash(TrainedNetworks networks)
    {
        ulong hash = 14695981039346656037;
        foreach (Torch.Modules.NamedTensor parameter in networks.GeneratorModule.NamedParameters().Concat(
            networks.DiscriminatorModule.NamedParameters()))
        {
            foreach (uint word in MemoryMarshal.Cast<byte, uint>(parameter.Value.ToBytes()))
            {
                hash = unchecked((hash ^ word) * 1099511628211);
            }
        }

        return hash;
    }
}
