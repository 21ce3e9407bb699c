using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>
/// Makes data sets of letters from fonts: gray images whose class is the letter, one of each family, weight and slant.
/// </summary>
public static class FontDataset
{
    /// <summary>Draws the letters and writes one archive, or two.</summary>
    /// <param name="destination">The archive.</param>
    /// <param name="options">Fonts, letters, size.</param>
    /// <param name="progress">Told the faces done and their number; null = nobody.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="DatasetException">
    /// There are no usable fonts, an option is wrong, or an archive cannot be written.
    /// </exception>
    public static FontResult Create(
        string destination, FontOptions options, Action<int, int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(destination);
        ArgumentNullException.ThrowIfNull(options);
        Require(options);
        FontFace[] all = FontList.Read(options.Folder);
        FontFace[] faces =
            [.. all.Where(f => !options.Exclude.Any(e => f.Family.Contains(e, StringComparison.OrdinalIgnoreCase)))];
        FontFace[] usable = [.. faces.Where(f => !f.IsSymbol && !f.IsColour && f.Covers(options.Letters))];
        ImageBuffer[]?[] drawn = Draw(usable, options, progress, cancel);

        // In the order of the faces, so that the same fonts give the same images.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<(FontFace Face, int Class, ImageBuffer Image)>();
        int duplicates = 0;
        for (int i = 0; i < usable.Length; i++)
        {
            for (int c = 0; drawn[i] is { } pictures && c < pictures.Length; c++)
            {
                if (seen.Add($"{c} {Convert.ToHexString(SHA256.HashData(pictures[c].Pixels))}"))
                {
                    kept.Add((usable[i], c, pictures[c]));
                }
                else
                {
                    duplicates++;
                }
            }
        }

        if (kept.Count == 0)
        {
            string where = options.Folder ?? "this machine";
            throw new DatasetException(
                options.Folder, $"No font of {where} has the letters {options.Letters}: install some, "
                    + $"such as the package fonts-dejavu.");
        }

        ILookup<bool, (FontFace Face, int Class, ImageBuffer Image)> parts = kept.ToLookup(
            p => IsHeldOut(p.Face.Family, options.HoldOut));
        (int, int) first = Write(destination, [.. parts[false]], options, cancel);
        (int, int) second = options.HoldOut > 0 ? Write(HeldOutPath(destination), [.. parts[true]], options, cancel) : (0, 0);
        return new FontResult
        {
            Kept = first,
            HeldOut = second,
            Faces = all.Length,
            Excluded = all.Length - faces.Length,
            WithoutLetters = faces.Length - usable.Length,
            Blank = drawn.Count(d => d is null),
            Duplicates = duplicates,
        };
    }

    /// <summary>Where the held-out part goes: NAME-heldout.zip beside NAME.zip.</summary>
    /// <param name="destination">The data set.</param>
    public static string HeldOutPath(string destination) => Path.Combine(
        Path.GetDirectoryName(destination) ?? "",
        $"{Path.GetFileNameWithoutExtension(destination)}-heldout{Path.GetExtension(destination)}");

    /// <summary>Decided by the family's name alone: a family is on the same side on every machine.</summary>
    internal static bool IsHeldOut(string family, double part) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes(family.ToLowerInvariant()))) < part * 4294967296.0;

    private static void Require(FontOptions options)
    {
        if (options.Side is < 8 or > 1024 || !BitOperations.IsPow2(options.Side))
        {
            throw new DatasetException(null, $"Letters are drawn into squares of 8, 16, ... 1024 pixels, not {options.Side}.");
        }

        if (options.Letters.Length == 0 || options.Letters.Distinct().Count() != options.Letters.Length
            || options.Letters.Any(c => char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '<' or '&'))
        {
            throw new DatasetException(
                null, $"The letters '{options.Letters}' have to be different, visible characters other than < and &.");
        }

        if (options.HoldOut is not (>= 0 and < 1))
        {
            throw new DatasetException(null, $"The part that is held out is 0 to below 1, not {options.HoldOut}.");
        }
    }

    private static ImageBuffer[]?[] Draw(
        FontFace[] faces, FontOptions options, Action<int, int>? progress, CancellationToken cancel)
    {
        var drawn = new ImageBuffer[]?[faces.Length];
        int done = 0;
        Parallel.For(0, faces.Length,
            new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            ImageBuffer?[] letters =
                [.. options.Letters.Select(c => LetterRenderer.Draw(faces[i], c, options.Side, options.Folder is not null))];
            bool complete = letters.All(l => l is not null);

            // A font that shows a box, or one sign, for many letters.
            int different = letters.Where(l => l is not null).Select(l => Convert.ToHexString(l!.Pixels)).Distinct().Count();
            drawn[i] = complete && different > options.Letters.Length / 2 ? [.. letters.OfType<ImageBuffer>()] : null;
            progress?.Invoke(Interlocked.Increment(ref done), faces.Length);
        });
        return drawn;
    }

    private static (int Families, int Pictures) Write(
        string destination, IReadOnlyList<(FontFace Face, int Class, ImageBuffer Image)> pictures, FontOptions options,
        CancellationToken cancel)
    {
        if (pictures.Count == 0)
        {
            throw new DatasetException(
                destination, $"{destination} would be empty: choose another part to hold out than {options.HoldOut}.");
        }

        using var source = new LetterSource(pictures, options.Letters);
        DatasetCreator.Write(source, destination, "fonts", destination, new DatasetCreationOptions(), null, cancel);
        return (pictures.Select(p => p.Face.Family).Distinct().Count(), pictures.Count);
    }
}
