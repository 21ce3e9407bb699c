using StyleGanSharp.Networks;

namespace StyleGanSharp.Benchmarking;

/// <summary>
/// The goals of the CPU. Source: set when the project was planned, as ratios against the official PyTorch code (2 to 13 times its
/// speed) and ONNX Runtime on the same 2 cores of an AMD EPYC (Zen 4): they are seconds of that machine. On another one the share
/// of a row's own floor tells more, which is why a row also counts as reached at
/// <see cref="Convolutions.OperationFloor.EnoughShare"/> of it.
/// </summary>
internal static class Goals
{
    /// <summary>Seconds per image, in the order in which <c>bench</c> measures them.</summary>
    internal static Goal[] Generators { get; } =
    [
        new("stylegan2-256", 1, 0.165, 0.10),
        new("stylegan2-256", 8, 0.16, 0.09),
        new("stylegan2-1024", 1, 0.90, 0.50),
        new("stylegan3-t-256", 1, 1.6, 1.0),
        new("stylegan3-r-256", 1, 1.7, 1.2),
    ];

    /// <summary>Seconds per thousand images.</summary>
    internal static Goal[] Training { get; } =
    [
        new("stylegan2-32", 0, 45, 30),
        new("stylegan2-64", 0, 100, 65),
        new("stylegan2-64-ada", 0, 110, 75),
        new("stylegan2-256", 0, 3000, 1800),
        new("stylegan3-t-64", 0, 400, 250),
    ];

    /// <summary>Seconds of a whole process.</summary>
    internal static Goal[] Start { get; } = [new("generate", 0, 0.9, 0.8)];

    /// <summary>Seconds with a precision; null: there is no goal for it.</summary>
    internal static double? Seconds(Goal[] goals, string work, int batch = 0, Precision precision = Precision.Float32) => goals
        .Where(g => g.Work == work && g.Batch == batch)
        .Select(g => (double?)(precision == Precision.Fast ? g.Fast : g.Single))
        .FirstOrDefault();

    /// <summary>
    /// Whether a row counts as reached: at its seconds, or at enough of its floor; null: there is no goal for it.
    /// </summary>
    /// <param name="goal">The goal's seconds.</param>
    /// <param name="seconds">Measured.</param>
    /// <param name="floor">Seconds of the row's own convolutions; 0: not known.</param>
    internal static bool? Reached(double? goal, double seconds, double floor = 0) =>
        goal is double limit ? seconds <= limit || floor / seconds >= Convolutions.OperationFloor.EnoughShare : null;

    /// <summary>The same in words; empty: there is no goal.</summary>
    internal static string Words(bool? reached) => reached switch
    {
        true => "reached",
        false => "not reached",
        null => "",
    };
}
