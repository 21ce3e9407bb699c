using StyleGanSharp.Testing;

// Tensor.LiveCount counts the whole process: a test that runs beside another cannot tell whose tensors are left. libtorch uses
// all cores inside one test anyway, so nothing is lost.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: NoLeaks]
