using StyleGanSharp.Networks.Features;
using StyleGanSharp.Recipes.Images;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.People.Evaluations;

/// <summary>Features of real and generated portraits in one space.</summary>
/// <param name="extractor">The space; stays the caller's.</param>
internal sealed class FeatureSpace(IFeatureExtractor extractor)
{
    private const int Batch = 64;

    internal string Name => extractor.Name;

    /// <summary>Features of images of a set.</summary>
    /// <param name="images">The set.</param>
    /// <param name="first">First image.</param>
    /// <param name="count">How many.</param>
    /// <param name="mirrored">Of the mirrored images.</param>
    /// <returns>[count, F] float32.</returns>
    internal Tensor Of(ImageSet images, int first, int count, bool mirrored = false)
    {
        using var scope = new TensorScope();
        var parts = new List<Tensor>();
        for (int begin = 0; begin < count; begin += Batch)
        {
            using var step = new TensorScope();
            Tensor batch = images.Select([.. Enumerable.Range(first + begin, Math.Min(Batch, count - begin))]);
            parts.Add(step.Keep(extractor.Extract(mirrored ? batch.Flip(3) : batch)));
        }

        return scope.Keep(Tensor.Cat([.. parts]));
    }

    /// <summary>Features of generated portraits of the seeds from a number on.</summary>
    /// <returns>[count, F] float32.</returns>
    internal Tensor Of(PeopleSource source, uint firstSeed, int count, double psi)
    {
        using var scope = new TensorScope();
        var parts = new List<Tensor>();
        source.ForEach(firstSeed, count, psi, batch => parts.Add(extractor.Extract(batch).Own()));
        Tensor all = Tensor.Cat([.. parts]);
        parts.ForEach(p => p.Dispose());
        return scope.Keep(all);
    }
}
