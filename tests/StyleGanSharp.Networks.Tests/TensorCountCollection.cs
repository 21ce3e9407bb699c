namespace StyleGanSharp.Networks.Tests;

/// <summary>The tests of this assembly that count the tensors of the process, run after the parallel ones and by themselves.</summary>
[CollectionDefinition(nameof(TensorCountCollection), DisableParallelization = true)]
public static class TensorCountCollection;
