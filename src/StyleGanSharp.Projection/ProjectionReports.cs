namespace StyleGanSharp.Projection;

/// <summary>How a projection reports, and where it saves itself.</summary>
public sealed record ProjectionReports
{
    /// <summary>Told after every step; null: nobody.</summary>
    public IProgress<ProjectionProgress>? Progress { get; init; }

    /// <summary>Time between two reports with images. The default is a second.</summary>
    public TimeSpan ImageEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// File of the state: resumed from where it exists, written in <see cref="SaveEvery"/> and when the projection is stopped.
    /// Null:
    /// none.
    /// </summary>
    public string? StatePath { get; init; }

    /// <summary>Time between two states. The default is 30 seconds.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(30);
}
