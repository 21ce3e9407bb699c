using System.Globalization;
using StyleGanSharp.Data.Datasets.Storage;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>Labels from the folders in which images lie.</summary>
internal static class FolderLabels
{
    private const int MostDepths = 16;

    // What data sets are divided into; hardly ever what somebody wants a network to tell apart.
    private static readonly string[] Parts =
        ["train", "training", "trainset", "val", "valid", "validation", "test", "testing", "testset", "dev", "eval", "holdout"];

    /// <summary>A class number for each image, and the names of the classes in natural order.</summary>
    /// <param name="path">The source, for messages.</param>
    /// <param name="names">Names of the images in the source.</param>
    /// <param name="depth">
    /// Which folders are the classes, 1 being the outermost one that does not wrap everything; null: they have to be obvious.
    /// </param>
    /// <exception cref="FolderDepthException">
    /// No depth is given, and the outermost folders are one only, or parts such as train and val.
    /// </exception>
    /// <exception cref="DatasetException">An image lies in no such folder.</exception>
    internal static (string?[] Labels, IReadOnlyList<string> ClassNames) Of(string path, string[] names, int? depth)
    {
        string root = Wrapping(names);
        string?[] folders = At(names, root, depth ?? 1);
        int loose = Array.IndexOf(folders, null);
        if (loose >= 0)
        {
            string where = depth is null or 1 ? "no folder" : $"no folder at depth {depth}";
            throw new DatasetException(
                path, $"{path}: {names[loose]} lies in {where}, but folders are to be the classes: put it into one, "
                    + $"or take the labels from elsewhere.");
        }

        string[] classes = Distinct(folders);
        if (depth is null && (classes.Length == 1 || classes.All(IsPart)))
        {
            string found = classes.Length == 1
                ? $"all images lie in the one folder '{classes[0]}', which would be the only class"
                : $"the folders {string.Join(", ", classes)} look like parts of a data set, not like classes";
            throw new FolderDepthException(
                path, $"{path}: {found}: say at which depth the folders are the classes.", Choices(names, root));
        }

        var numbers = classes.Select((c, i) => (c, i)).ToDictionary(
            p => p.c, p => p.i.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return ([.. folders.Select(f => numbers[f!])], classes);
    }

    // What wraps all images, as long as each of them has a folder below it.
    private static string Wrapping(string[] names)
    {
        string root = PictureFiles.CommonFolder(names);
        return names.All(n => n.IndexOf('/', root.Length) >= 0) ? root
            : root.LastIndexOf('/', Math.Max(root.Length - 2, 0)) is >= 0 and var slash ? root[..(slash + 1)]
            : "";
    }

    // The folder of each image at a depth below the root; null: it lies higher.
    private static string?[] At(string[] names, string root, int depth) => [.. names.Select(name =>
    {
        int start = root.Length;
        for (int i = 1; i < depth && start >= 0; i++)
        {
            start = name.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1;
        }

        return start >= 0 && name.IndexOf('/', start) is >= 0 and var end ? name[start..end] : null;
    })];

    private static IReadOnlyList<(int Depth, IReadOnlyList<string> Folders)> Choices(string[] names, string root)
    {
        var choices = new List<(int, IReadOnlyList<string>)>();
        for (int depth = 1; depth <= MostDepths; depth++)
        {
            string?[] folders = At(names, root, depth);
            if (folders.Contains(null))
            {
                break;
            }

            choices.Add((depth, Distinct(folders)));
        }

        return choices;
    }

    private static string[] Distinct(string?[] folders) =>
        [.. folders.Select(f => f!).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)];

    private static bool IsPart(string folder) => Parts.Contains(folder, StringComparer.OrdinalIgnoreCase);
}
