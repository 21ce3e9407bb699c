using System.Globalization;

namespace StyleGanSharp.Training.Stats;

/// <summary>Durations as the field's status lines show them.</summary>
public static class TimeText
{
    /// <summary>59s, 4m 05s, 1h 02m 03s, 1d 02h 03m.</summary>
    public static string Of(TimeSpan time)
    {
        long s = (long)Math.Round(time.TotalSeconds);
        CultureInfo plain = CultureInfo.InvariantCulture;
        return s < 60 ? string.Create(plain, $"{s}s")
            : s < 3600 ? string.Create(plain, $"{s / 60}m {s % 60:00}s")
            : s < 86400 ? string.Create(plain, $"{s / 3600}h {s / 60 % 60:00}m {s % 60:00}s")
            : string.Create(plain, $"{s / 86400}d {s / 3600 % 24:00}h {s / 60 % 60:00}m");
    }
}
