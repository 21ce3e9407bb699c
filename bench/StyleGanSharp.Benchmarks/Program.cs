using BenchmarkDotNet.Running;
using StyleGanSharp.Benchmarks;

// In this process: libtorch is loaded once, with the threads and the memory that it has in the program. Results go beside what is
// built.
string results = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(OperatorSuite).Assembly).Run([.. args, "--inProcess", "--artifacts", results]);
