using System.Globalization;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Frames per second as an exact fraction: television's 29.97 is 30000/1001.</summary>
/// <param name="Frames">So many frames ...</param>
/// <param name="Seconds">... in so many seconds.</param>
public readonly record struct FrameRate(long Frames, long Seconds = 1)
{
    /// <summary>Most frames per second.</summary>
    public const int Max = 240;

    private const double Min = 0.01;
    private const int Digits = 1000;

    // Rounded names of television's rates (SMPTE ST 170 and relatives).
    private static readonly Dictionary<string, FrameRate> Television = new()
    {
        { "23.976", new(24000, 1001) },
        { "23.98", new(24000, 1001) },
        { "29.97", new(30000, 1001) },
        { "47.952", new(48000, 1001) },
        { "59.94", new(60000, 1001) },
        { "119.88", new(120000, 1001) },
    };

    /// <summary>Frames per second.</summary>
    public double Value => (double)Frames / Seconds;

    /// <summary>Reads <c>30</c>, <c>29.97</c> or <c>30000/1001</c>.</summary>
    /// <exception cref="RequestException">It is not a rate from 0.01 to 240.</exception>
    public static FrameRate Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Television.TryGetValue(text, out FrameRate known))
        {
            return known;
        }

        string[] parts = text.Split('/');
        FrameRate? rate = parts.Length == 2 && TryCount(parts[0], out int frames) && TryCount(parts[1], out int seconds)
            ? new(frames, seconds)
            : NumberTexts.TryReal(text, out double value) && value is >= Min and <= Max
            ? Reduced((long)Math.Round(value * Digits), Digits)
            : null;
        string hint = NumberTexts.Suggestion(text, isWhole: false) is string meant ? $"; write {meant}" : "";
        return rate is { } given && given.Value is >= Min and <= Max
            ? given
            : throw new RequestException(
                property, text, string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected {Min} to {Max} frames per second, such as 30, 29.97 or 30000/1001{hint}"));
    }

    /// <summary>As ffmpeg reads it.</summary>
    public override string ToString() =>
        Seconds == 1 ? Frames.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Frames}/{Seconds}");

    private static FrameRate Reduced(long frames, long seconds)
    {
        long common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(frames, seconds);
        return new(frames / common, seconds / common);
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
