using System.Globalization;

namespace StyleGanSharp.Generation.Text;

/// <summary>Sizes for people: <c>1.5 MiB</c>.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB"];

    /// <summary>The size with a unit that keeps the number short.</summary>
    public static string Show(long bytes)
    {
        if (bytes < 1024)
        {
            return $"{bytes} bytes";
        }

        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }
}
