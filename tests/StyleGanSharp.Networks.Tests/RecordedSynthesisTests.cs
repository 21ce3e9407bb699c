using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Networks.Tests.Ops.Cuda;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Tests;

/// <summary>When a synthesis is recorded and what its recordings give, with a stand-in for the device.</summary>
[WithTensorScope]
[Collection(nameof(RunAlone))] // Counts the tensors of the process and sets a variable of its environment.
public sealed class RecordedSynthesisTests : IDisposable
{
    private const int First = 3; // The call that records.

    private readonly RandomGenerator random = new(41);
    private readonly GradMode mode = GradMode.Off();
    private readonly ReplayedGraphs graphs = new();
    private readonly List<string> warnings = [];
    private readonly Generator generator;

    public RecordedSynthesisTests()
    {
        generator = new Generator(
            new GeneratorOptions { Resolution = 16, ChannelBase = 128, ChannelMax = 16, ZDim = 8, WDim = 8 }, Initializer.Random(
                random));
        foreach (NamedTensor strength in generator.NamedParameters().Where(
            p => p.Name.EndsWith("noise_strength", StringComparison.Ordinal)))
        {
            strength.Value.FillInPlace(1);
        }

        generator.Recorded = new RecordedSynthesis(generator, graphs, warnings.Add);
    }

    public void Dispose()
    {
        generator.Dispose();
        mode.Dispose();
        random.Dispose();
    }

    [Fact]
    public void The_third_call_records_and_results_are_those_of_the_ordinary_way()
    {
        var results = new List<(Tensor Expected, Tensor Actual)>();
        for (int call = 1; call <= 6; call++)
        {
            Tensor ws = Ws(2), expected = generator.Synthesis.Forward(ws, NoiseInput.Const);
            results.Add((expected, generator.Synthesize(ws, NoiseInput.Const)));
            Assert.Equal(call < First ? 0 : 1, graphs.Captures);
            Assert.Equal(Math.Max(0, call - First + 1), graphs.Replays);

            // The recording has the ws at a place of its own, and so has the caller the result.
            ws.FillInPlace(double.NaN);
            ws.Dispose();
        }

        Assert.All(results, r => Close.To(r.Expected, r.Actual, 0, "after all calls"));
        results[^1].Actual.FillInPlace(7);
        Tensor last = Ws(2);
        Close.To(generator.Synthesis.Forward(last, NoiseInput.Const), generator.Synthesize(last, NoiseInput.Const), 0,
            "a result was written to");
        Assert.Empty(warnings);
    }

    [Fact]
    public void Forms_do_not_mix()
    {
        BFloat16.Require();
        (int Batch, NoiseInput Noise, Precision Precision)[] forms =
        [
            (1, NoiseInput.Const, Precision.Float32), (1, NoiseInput.None, Precision.Float32), (
                2, NoiseInput.Const, Precision.Float32),
            (1, NoiseInput.Const, Precision.Fast),
        ];
        for (int round = 1; round <= 5; round++)
        {
            foreach ((int batch, NoiseInput noise, Precision precision) in forms)
            {
                generator.Precision = precision;
                Tensor ws = Ws(batch);
                Close.To(generator.Synthesis.Forward(ws, noise), generator.Synthesize(ws, noise), 0,
                    $"{batch}, {precision}, round {round}");
            }
        }

        Assert.Equal((forms.Length, 3 * forms.Length), (graphs.Captures, graphs.Replays));
    }

    [Fact]
    public void What_cannot_be_repeated_is_not_recorded()
    {
        Tensor ws = Ws(1);
        for (int call = 0; call < 5; call++)
        {
            using var draws = new RandomGenerator(3);
            using var again = new RandomGenerator(3);
            Close.To(
                generator.Synthesis.Forward(ws, NoiseInput.Random(again)), generator.Synthesize(ws, NoiseInput.Random(draws)), 0,
                "random noise");
            generator.Synthesize(ws, NoiseInput.Const.OnlyAt(r => r > 8));
            using GradMode on = GradMode.On();
            Tensor leaf = ws.Detach();
            leaf.RequiresGrad = true;
            Assert.True(generator.Synthesize(leaf, NoiseInput.Const).RequiresGrad);
        }

        Assert.Equal(0, graphs.Captures);
    }

    [Fact]
    public void Weights_that_are_written_to_or_moved_make_recordings_invalid()
    {
        Tensor ws = Ws(1);
        Repeat(ws, First);
        generator.NamedParameters().First(p => p.Name.EndsWith("weight", StringComparison.Ordinal)).Value.MulInPlace(2);
        Close.To(generator.Synthesis.Forward(ws, NoiseInput.Const), generator.Synthesize(ws, NoiseInput.Const), 0, "written to");
        Assert.Equal((1, 0), (graphs.Captures, graphs.Alive));

        Repeat(ws, First);
        Assert.Equal((2, 1), (graphs.Captures, graphs.Alive));
        NamedTensor noise = generator.NamedBuffers().First(b => b.Name.EndsWith("noise_const", StringComparison.Ordinal));
        noise.Value.ReplaceElements(noise.Value * 3);
        Close.To(generator.Synthesis.Forward(ws, NoiseInput.Const), generator.Synthesize(ws, NoiseInput.Const), 0, "moved");
        Assert.Equal((2, 0), (graphs.Captures, graphs.Alive));
    }

    [Fact]
    public void A_transform_is_read_by_the_recording()
    {
        using var network = new AliasFree.Generator(
            new AliasFree.GeneratorOptions
            {
                Resolution = 16,
                ChannelBase = 128,
                ChannelMax = 16,
                ZDim = 8,
                WDim = 8,
                NumLayers = 4,
                NumCritical = 1
            },
            Initializer.Random(random));
        network.Recorded = new RecordedSynthesis(network, graphs, warnings.Add);
        Tensor ws = Tensor.RandN([1, network.NumWs, network.WDim], random);
        for (int call = 0; call < 6; call++)
        {
            network.SetTransform(new ImageTransform(0, 0, 10 * call, 1).InverseMatrix());
            Close.To(network.Synthesis.Forward(ws), network.Synthesize(ws, NoiseInput.Const), 0, $"call {call}");
        }

        Assert.Equal((1, 4), (graphs.Captures, graphs.Replays));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_recording_or_replaying_fails_one_line_is_said_and_the_ordinary_way_is_taken(bool capture)
    {
        (graphs.FailsToCapture, graphs.FailsToReplay) = (capture, !capture);
        Tensor ws = Ws(2), expected = generator.Synthesis.Forward(ws, NoiseInput.Const);
        for (int call = 0; call < 6; call++)
        {
            Close.To(expected, generator.Synthesize(ws, NoiseInput.Const), 0, $"call {call}");
        }

        string warning = Assert.Single(warnings);
        Assert.Contains(capture ? "stream is capturing" : "illegal memory access", warning, StringComparison.Ordinal);
        Assert.Contains(CudaGraphs.Variable, warning, StringComparison.Ordinal);
        Assert.Equal((0, false), (graphs.Alive, generator.Recorded.IsOn));
    }

    [Fact]
    public void Recordings_are_bounded_in_number_and_pixels()
    {
        for (int batch = 1; batch <= RecordedSynthesis.MostRecordings + 2; batch++)
        {
            Repeat(Ws(batch), First);
        }

        Assert.Equal((RecordedSynthesis.MostRecordings + 2, RecordedSynthesis.MostRecordings), (graphs.Captures, graphs.Alive));
        generator.Recorded.Dispose();
        Assert.Equal(0, graphs.Alive);

        // Room for five images of 16x16: three and two, then four in the place of the first, six never.
        int before = graphs.Captures;
        generator.Recorded = new RecordedSynthesis(generator, graphs, warnings.Add, mostPixels: 5 * 16 * 16);
        foreach ((int batch, int alive) in new[] { (3, 1), (2, 2), (4, 1), (1, 2), (6, 2) })
        {
            Repeat(Ws(batch), First + 1);
            Assert.Equal(alive, graphs.Alive);
        }

        Assert.Equal(before + 4, graphs.Captures);
    }

    [Fact]
    public void Disposing_the_generator_frees_everything()
    {
        // What earlier tests dropped must not be collected in the midst of this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.LiveCount;
        using (var scope = new TensorScope())
        {
            using var own = new Generator(generator.Options, Initializer.Random(random));
            own.Recorded = new RecordedSynthesis(own, graphs, warnings.Add);
            for (int call = 0; call < First; call++)
            {
                own.Synthesize(Ws(1), NoiseInput.Const);
            }

            Assert.Equal(1, graphs.Alive);
        }

        Assert.Equal((0, before), (graphs.Alive, Tensor.LiveCount));
    }

    [Fact]
    public void Released_recordings_are_made_again()
    {
        Tensor ws = Ws(1), expected = generator.Synthesis.Forward(ws, NoiseInput.Const);
        Repeat(ws, First);
        generator.ReleaseRecordings();
        Assert.Equal((1, 0), (graphs.Captures, graphs.Alive));
        Repeat(ws, First);
        Close.To(expected, generator.Synthesize(ws, NoiseInput.Const), 0, "recorded again");
        Assert.Equal((2, 1), (graphs.Captures, graphs.Alive));
    }

    [Theory, InlineData(false), InlineData(true), Trait("Kind", "Gpu")]
    public void A_device_records_and_repeats(bool fast)
    {
        KernelPlace place = KernelPlace.RequireDevice();
        using var network = new Generator(generator.Options, Initializer.Random(random));
        network.To(place.Device);
        network.Precision = fast && CudaPrecision.FeaturesOn(place.Device) is not null ? Precision.Fast : Precision.Float32;
        for (int call = 0; call < 5; call++)
        {
            Tensor ws = place.Put(Ws(2));
            Close.To(network.Synthesis.Forward(ws, NoiseInput.Const), network.Synthesize(ws, NoiseInput.Const), 1e-3,
                $"call {call}");
        }

        Assert.Equal((true, 1), (network.Recorded.IsOn, network.Recorded.Count));
    }

    [Fact]
    public void The_environment_switches_it_off()
    {
        string? before = Environment.GetEnvironmentVariable(CudaGraphs.Variable);
        try
        {
            Environment.SetEnvironmentVariable(CudaGraphs.Variable, "0");
            Assert.False(new RecordedSynthesis(generator).IsOn);
            Environment.SetEnvironmentVariable(CudaGraphs.Variable, null);
            Assert.True(new RecordedSynthesis(generator).IsOn);
        }
        finally
        {
            Environment.SetEnvironmentVariable(CudaGraphs.Variable, before);
        }
    }

    private Tensor Ws(int batch) => Tensor.RandN([batch, generator.NumWs, generator.WDim], random);

    private void Repeat(Tensor ws, int times)
    {
        for (int call = 0; call < times; call++)
        {
            generator.Synthesize(ws, NoiseInput.Const);
        }
    }
}
