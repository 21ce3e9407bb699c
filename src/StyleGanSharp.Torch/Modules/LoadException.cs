namespace StyleGanSharp.Torch.Modules;

/// <summary>Values do not fit the module they are loaded into.</summary>
public sealed class LoadException : Exception
{
    private const int MaxListed = 5;

    private LoadException(string message)
        : base(message)
    {
    }

    internal static void ThrowIfNamesDiffer(IEnumerable<string> missing, IEnumerable<string> unexpected)
    {
        string[] absent = [.. missing];
        string[] extra = [.. unexpected];
        if (absent.Length + extra.Length > 0)
        {
            throw new LoadException(string.Join("; ", new[]
            {
                absent.Length > 0 ? $"missing: {List(absent)}" : null,
                extra.Length > 0 ? $"not part of the network: {List(extra)}" : null,
            }.Where(part => part is not null)));
        }
    }

    internal static void ThrowIfShapesDiffer(IEnumerable<(string Name, string Expected, string Actual)> differences)
    {
        string[] texts = [.. differences.Select(d => $"{d.Name} is {d.Actual} instead of {d.Expected}")];
        if (texts.Length > 0)
        {
            throw new LoadException($"shapes differ: {List(texts)}");
        }
    }

    private static string List(string[] items) =>
        string.Join(", ", items.Take(MaxListed)) + (items.Length > MaxListed ? $" and {items.Length - MaxListed} more" : "");
}
