using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Autograd;

/// <summary>Switches recording for differentiation on this thread until disposed: <c>using var _ = GradMode.Off();</c></summary>
public readonly struct GradMode : IDisposable
{
    private readonly bool previous;

    private GradMode(bool enabled)
    {
        previous = Native.GradEnabled;
        Native.GradEnabled = enabled;
    }

    /// <summary>Whether operations on this thread are recorded.</summary>
    public static bool IsEnabled => Native.GradEnabled;

    /// <summary>Records nothing.</summary>
    public static GradMode Off() => new(false);

    /// <summary>Records, also inside a part that does not.</summary>
    public static GradMode On() => new(true);

    /// <summary>Returns to what was before.</summary>
    public void Dispose() => Native.GradEnabled = previous;
}
