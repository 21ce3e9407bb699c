using System.Globalization;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What <c>--translate</c>, <c>--rotate</c> and <c>--scale</c> ask for.</summary>
internal static class TransformChoice
{
    /// <returns>Null where none of the options is given: the network's own transform stays.</returns>
    /// <exception cref="UserException">A value is none.</exception>
    internal static PictureTransform? Parse(string? translate, double? degrees, double? scale)
    {
        if (translate is null && degrees is null && scale is null)
        {
            return null;
        }

        if (degrees is double angle && !double.IsFinite(angle))
        {
            throw new UserException($"--rotate {angle}: expected a finite number of degrees.");
        }

        if (scale is double factor && !(factor is >= 0.001 and <= 1000))
        {
            throw new UserException($"--scale {factor}: expected a factor from 0.001 to 1000; 2 makes everything twice as large.");
        }

        (double x, double y) = translate is null ? (0, 0) : Shift(translate);
        return new PictureTransform(x, y, degrees ?? 0, scale ?? 1);
    }

    /// <summary>Moves the pictures of a network that can do it.</summary>
    /// <exception cref="UserException">The network cannot.</exception>
    internal static void Apply(PictureTransform transform, IGenerator generator)
    {
        if (generator is not ITransformable transformable)
        {
            throw new UserException("--translate, --rotate and --scale need an alias-free network (StyleGAN3), which this one is not.");
        }

        transformable.SetTransform(transform.InverseMatrix());
    }

    private static (double X, double Y) Shift(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryParse(parts[0], out double x) && TryParse(parts[1], out double y)
            ? (x, y)
            : throw new UserException(
                $"--translate '{text}' is no shift: write right,down in picture sizes, for example "
                + $"{(parts.Length == 4 ? $"{parts[0]}.{parts[1]},{parts[2]}.{parts[3]}" : "0.1,-0.05")}.");
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
