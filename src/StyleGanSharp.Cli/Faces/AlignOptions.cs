using System.Globalization;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Cli.Faces;

/// <summary>What one <c>stylegan align</c> was asked for.</summary>
internal sealed record AlignOptions
{
    /// <summary>The side of FFHQ's images.</summary>
    internal const int DefaultSize = 1024;

    internal const string Largest = "largest";
    internal const string All = "all";

    /// <summary>Files and folders.</summary>
    internal required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Where the crops go.</summary>
    internal required string OutDir { get; init; }

    /// <summary>Width and height of the crops.</summary>
    internal required int Size { get; init; }

    /// <summary>A number from 1, or one of the words.</summary>
    internal required string Face { get; init; }

    /// <summary>File of landmarks; null: they are searched for.</summary>
    internal string? Landmarks { get; init; }

    /// <summary>Whether drawings are written too.</summary>
    internal bool Preview { get; init; }

    /// <summary>How faces are searched for.</summary>
    internal required FaceOptions Search { get; init; }

    /// <summary>The number of the face; null: one of the words.</summary>
    internal int? Number =>
        int.TryParse(Face, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;

    /// <summary>Whether every face is cut out.</summary>
    internal bool TakesAll => Face.Equals(All, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UserException">A value is out of range, or two contradict each other.</exception>
    internal void Validate()
    {
        if (Size is < FaceAlignment.SmallestSize or > FaceAlignment.LargestSize)
        {
            throw new UserException(
                $"--size {Size}: expected {FaceAlignment.SmallestSize} to {FaceAlignment.LargestSize}, "
                    + $"for example {DefaultSize}.");
        }

        if (Number is null && !TakesAll && !Face.Equals(Largest, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserException($"--face '{Face}': expected a number from 1, {All}, or {Largest}.");
        }

        if (Landmarks is not null && Number is not null)
        {
            throw new UserException(
                $"--face {Face} contradicts --landmarks, which says where the face is: leave one of them out.");
        }
    }
}
