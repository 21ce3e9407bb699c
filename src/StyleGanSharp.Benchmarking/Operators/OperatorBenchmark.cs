using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Benchmarking.Operators;

/// <summary>Measures operators in this process, in one of their two forms.</summary>
internal static class OperatorBenchmark
{
    /// <summary>Nothing is recorded.</summary>
    internal const string Forward = "forward";

    /// <summary>Forward, recorded for differentiation.</summary>
    internal const string Recorded = "recorded";

    /// <summary>The gradients of all inputs.</summary>
    internal const string Backward = "backward";

    /// <summary>Measures every pass of an operator.</summary>
    /// <param name="one">The operator.</param>
    /// <param name="reference">Its reference instead of what networks call.</param>
    /// <param name="device">Where.</param>
    /// <param name="seconds">Longest measurement of a row.</param>
    /// <param name="cancel">Ends the measurement between two runs.</param>
    internal static OperatorRow[] Measure(
        OperatorCase one, bool reference, Device device, double seconds, CancellationToken cancel)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(0);
        using OperatorTwins twins = one.Create(draws, device);
        var rows = new List<OperatorRow>();
        foreach (string pass in twins.Inputs.Length == 0 ? [Forward] : new[] { Forward, Recorded, Backward })
        {
            using var inner = new TensorScope();
            using GradMode mode = pass == Forward ? GradMode.Off() : GradMode.On();
            double best = Timing.Measure(device, seconds, Work(twins, reference, pass), cancel)[0];
            rows.Add(new OperatorRow(one.Name, one.Shape, pass, Math.Round(best, 7), null));
        }

        return [.. rows];
    }

    /// <summary>One run of a pass; what it needs is prepared now, in the caller's scope and mode of recording.</summary>
    internal static Action Work(OperatorTwins twins, bool reference, string pass)
    {
        Func<Tensor> run = reference ? twins.Reference : twins.Default;
        Array.ForEach(twins.Inputs, input => input.RequiresGrad = pass != Forward);
        if (pass != Backward)
        {
            return () => run();
        }

        Tensor y = run();
        Tensor gradient = y.Detach().Clone();
        return () => Gradient.Of([y], twins.Inputs, [gradient], retainGraph: true);
    }
}
