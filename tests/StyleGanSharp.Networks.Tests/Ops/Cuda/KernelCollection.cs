namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>Tests that share the kernels compiled for the processor.</summary>
[CollectionDefinition(Name)]
public sealed class KernelCollection : ICollectionFixture<EmulatedKernels>
{
    internal const string Name = "Kernels on the processor";
}
