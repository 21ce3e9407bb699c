using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Whether operators take their fast ways. <c>STYLEGAN_REFERENCE_OPS=1</c> in the environment switches to the reference
/// implementations, built of plain tensor operators: to find out whether a difference comes from a kernel, and for the tests that
/// hold both equal.
/// </summary>
public static class FastOps
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "STYLEGAN_REFERENCE_OPS";

    /// <summary>Decided once, when the process first asks.</summary>
    public static bool Enabled { get; } = Environment.GetEnvironmentVariable(Variable) is not ("1" or "true");

    /// <summary>
    /// Whether the kernels of the CPU are switched on and can work on a tensor at all: float32 there, with elements.
    /// </summary>
    internal static bool Take(Tensor x) => Enabled && x is { DType: DType.Float32, Device.Type: DeviceType.Cpu, Count: > 0 };
}
