using StyleGanSharp.Faces;

namespace StyleGanSharp.Cli.Faces;

/// <summary>What one <c>stylegan faces</c> was asked for.</summary>
internal sealed record FacesOptions
{
    /// <summary>The values of <c>--search</c>, the default first.</summary>
    internal static readonly string[] Searches = [.. Enum.GetNames<FaceSearch>().Select(n => n.ToLowerInvariant())];

    /// <summary>Files and folders.</summary>
    internal required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Where drawings go; null: there are none.</summary>
    internal string? AnnotateDir { get; init; }

    /// <summary>How faces are searched for.</summary>
    internal required FaceOptions Search { get; init; }

    /// <exception cref="UserException">There is no such search.</exception>
    internal static FaceSearch ParseSearch(string name)
    {
        int index = Array.FindIndex(Searches, s => s.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? (FaceSearch)index : throw new UserException($"--search '{name}': expected {string.Join(", ", Searches)}.");
    }

    /// <exception cref="UserException">A value is out of range.</exception>
    internal void Validate()
    {
        if ((Search with { MinScore = 0 }).Problem() is not null)
        {
            throw new UserException($"--size {Search.InputSize}: expected a multiple of 32 from 64 to 2048, for example 416.");
        }

        if (Search.Problem() is not null)
        {
            throw new UserException($"--min-score {Search.MinScore}: expected a number from 0 to 1.");
        }
    }
}

/// <summary>The names of <c>--parts</c>.</summary>
internal static class FacePartNames
{
    internal const string Default = "landmarks,expression,age";

    private static readonly (string Name, FaceParts Part)[] Names =
    [
        ("landmarks", FaceParts.Landmarks), ("expression", FaceParts.Expressions), ("age", FaceParts.AgeAndGender),
        ("descriptor", FaceParts.Descriptor), ("all", FaceParts.All), ("box", FaceParts.None),
    ];

    /// <summary>Names of single parts.</summary>
    internal static IEnumerable<string> All => Names.Take(Names.Length - 2).Select(n => n.Name);

    /// <exception cref="UserException">There is no such part.</exception>
    internal static FaceParts Parse(string list)
    {
        FaceParts parts = FaceParts.None;
        foreach (string text in list.Split(',', StringSplitOptions.TrimEntries))
        {
            int index = Array.FindIndex(Names, n => n.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
            parts |= index >= 0
                ? Names[index].Part
                : throw new UserException(
                    $"--parts '{text}': expected {string.Join(", ", Names.Select(n => n.Name))}, separated by commas.");
        }

        return parts;
    }
}
