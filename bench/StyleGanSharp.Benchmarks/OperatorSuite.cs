using BenchmarkDotNet.Attributes;

namespace StyleGanSharp.Benchmarks;

/// <summary>One operator against its reference, at the shapes of <c>stylegan bench operators</c>.</summary>
public abstract class OperatorSuite
{
    private PreparedOperator? prepared;

    /// <summary>Name of the operator and its shape.</summary>
    protected abstract string Case { get; }

    /// <summary>What is computed of it.</summary>
    protected abstract string Step { get; }

    [GlobalSetup]
    public void Prepare() => prepared = PreparedOperator.Create(Case, Step);

    [GlobalCleanup]
    public void Release() => prepared!.Dispose();

    [Benchmark(Baseline = true)]
    public void Reference() => prepared!.RunReference();

    [Benchmark]
    public void Fast() => prepared!.RunFast();
}
