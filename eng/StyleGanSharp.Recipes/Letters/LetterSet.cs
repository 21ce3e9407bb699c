using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Recipes.Images;

namespace StyleGanSharp.Recipes.Letters;

/// <summary>Images of letters with their classes.</summary>
/// <param name="images">The images.</param>
/// <param name="classes">[N], each a number of a name.</param>
/// <param name="names">What the classes are called.</param>
internal sealed class LetterSet(ImageSet images, int[] classes, IReadOnlyList<string> names)
{
    internal ImageSet Images => images;

    internal int Side => images.Side;

    internal int Channels => images.Channels;

    internal int Count => classes.Length;

    internal int[] Classes => classes;

    internal IReadOnlyList<string> Names => names;

    /// <summary>Reads a whole data set.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    /// <exception cref="RecipeException">It has no named classes, or its images are not small squares.</exception>
    internal static LetterSet Read(string path)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        if (dataset.Labels is not { Kind: LabelKind.Classes, ClassNames: { } names } || names.Count != dataset.Labels.Size)
        {
            throw new RecipeException(
                $"{path} has no named classes of which every one is used: make it with eng/letters-data.sh.");
        }

        return new LetterSet(
            ImageSet.Read(dataset, path), [.. Enumerable.Range(0, dataset.Count).Select(dataset.Labels.Class)], names);
    }
}
