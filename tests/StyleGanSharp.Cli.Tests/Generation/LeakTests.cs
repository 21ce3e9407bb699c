using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>A thousand images take no more memory than fifty.</summary>
[Collection(nameof(RunAlone))]
public sealed class LeakTests(ITestOutputHelper log)
{
    // The compiler of .NET replaces hot methods during the first seconds, which takes some 10 MB once.
    private const uint WarmUp = 350;

    private const uint Window = 950;

    // What the process does once (compiling a method again, a thread of the pool that fills its buffers) can fall into any
    // window, and did into the first one after a whole suite of other tests. A leak is in every one of them.
    private const int Windows = 3;

    // A 64x64 image alone is 48 KiB: a leak of one such tensor per image would be 46 MiB.
    private const long Tolerance = 4L << 20;

    [Fact]
    public void Tensors_and_memory_stay_where_they_were()
    {
        using GradMode mode = GradMode.Off();
        using IGenerator generator = NetworkLoader.LoadGenerator(SnapshotFile.Read(CommandLine.Snapshot("sg2-skip-64")));
        Make(generator, 0, WarmUp);
        long growth = long.MaxValue;
        for (uint window = 0; window < Windows && growth > Tolerance; window++)
        {
            uint first = WarmUp + (window * Window);
            growth = Math.Min(growth, Growth(() => Make(generator, first, first + Window)));
        }

        Assert.True(growth <= Tolerance,
            $"resident memory grew by {growth >> 10} KiB or more in each of {Windows} times {Window} images");
    }

    private long Growth(Action work)
    {
        (long resident, long tensors) = (ProcessMemory.NativeResidentBytes(), Tensor.LiveCount);
        work();
        (long residentAfter, long tensorsAfter) = (ProcessMemory.NativeResidentBytes(), Tensor.LiveCount);
        log.WriteLine($"before and after: tensors {tensors}, {tensorsAfter}; resident {resident >> 10}, {residentAfter >> 10} KiB");
        Assert.Equal(tensors, tensorsAfter);
        return residentAfter - resident;
    }

    private static void Make(IGenerator generator, uint first, uint end)
    {
        for (uint seed = first; seed < end; seed++)
        {
            using var scope = new TensorScope();
            Tensor ws = generator.Map(LatentSeeds.Draw([seed], generator.ZDim), null);
            Tensor image = generator.Synthesize(Truncation.Uniform(0.7).Apply(ws, generator.WAvg!), NoiseInput.Const);
            Assert.Equal([1, 3, 64, 64], image.Shape.ToArray());
        }
    }
}
