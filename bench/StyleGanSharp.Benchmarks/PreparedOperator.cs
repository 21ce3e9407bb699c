using StyleGanSharp.Benchmarking.Operators;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Benchmarks;

/// <summary>Both forms of an operator with their operands; belongs to the thread that created it.</summary>
internal sealed class PreparedOperator : IDisposable
{
    private readonly TensorScope scope = new();
    private readonly RandomGenerator draws = new(0);
    private readonly OperatorTwins twins;
    private readonly GradMode mode;
    private readonly Action fast;
    private readonly Action reference;

    private PreparedOperator(string name, string pass)
    {
        twins = OperatorCase.All.Single(c => c.Name == name).Create(draws, Device.Cpu);
        mode = pass == OperatorBenchmark.Forward ? GradMode.Off() : GradMode.On();
        fast = OperatorBenchmark.Work(twins, reference: false, pass);
        reference = OperatorBenchmark.Work(twins, reference: true, pass);
    }

    internal static PreparedOperator Create(string name, string pass) => new(name, pass);

    internal void RunFast() => Once(fast);

    internal void RunReference() => Once(reference);

    public void Dispose()
    {
        mode.Dispose();
        twins.Dispose();
        draws.Dispose();
        scope.Dispose();
    }

    private static void Once(Action work)
    {
        using var temporaries = new TensorScope();
        work();
    }
}
