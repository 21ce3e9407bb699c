using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>
/// A closed walk of z for each seed, one unit of time long: a sum of sines and cosines with random directions, whose every moment
/// is distributed like the z of a seed. With one harmonic it is a great circle that starts at the seed's own z.
/// </summary>
internal sealed class LoopPath(VideoRequest request, uint[] seeds, int harmonics) : LatentPath
{
    internal override Tensor Styles(ModelSession session, double time)
    {
        using var scope = new TensorScope();
        uint seed = seeds[(int)time % seeds.Length];
        int zDim = session.Info.ZDim;
        Tensor z = Tensor.From(Walk(seed, zDim, time - Math.Floor(time)), [1, zDim]);
        return scope.Keep(session.Truncate(request, session.Map(z, session.Label(request, seed))));
    }

    private double[] Walk(uint seed, int zDim, double phase)
    {
        var draws = new NumpyRandom(seed);
        var z = new double[zDim];
        double weight = 1 / Math.Sqrt(harmonics);
        for (int k = 1; k <= harmonics; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k * phase);
            double[] even = draws.RandN(zDim), odd = draws.RandN(zDim);
            for (int d = 0; d < zDim; d++)
            {
                z[d] += weight * ((cos * even[d]) + (sin * odd[d]));
            }
        }

        return z;
    }
}
