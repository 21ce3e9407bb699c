using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Generation.Tests.Models;

public sealed class ModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_image_is_what_the_tensors_say()
    {
        using Model model = Open("sg2-skip-32");
        ImageBuffer expected = model.Run(generator =>
        {
            Tensor ws = generator.Map(LatentSeeds.Draw([7], generator.ZDim).To(DType.Float32), null);
            Tensor image = generator.Synthesize(Truncation.Uniform(0.6).Apply(ws, generator.WAvg!), NoiseInput.Const);
            return new ImageBuffer(generator.Width, generator.Height, generator.ImageChannels, Pixels.Interleave(image));
        });
        Assert.Equal(expected.Pixels, model.Generate(7, psi: 0.6).Pixels.Pixels);
        RawImage raw = model.GenerateRaw(new ImageRequest { Latent = Latent.OfSeed(7), Truncation = new() { Psi = 0.6 } });
        Assert.Equal(expected.Pixels, raw.ToPixels().Pixels);
    }

    [Fact]
    public void Requests_of_two_threads_give_the_images_of_one_after_the_other()
    {
        using Model model = Open("sg2-skip-32");
        uint[] seeds = [.. Enumerable.Range(0, 24).Select(i => (uint)i)];
        byte[][] alone = [.. seeds.Select(s => model.Generate(s, 0.7).Pixels.Pixels)];
        var together = new byte[seeds.Length][];
        Parallel.For(0, seeds.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            together[i] = model.Generate(seeds[i], 0.7).Pixels.Pixels);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_request_changes_nothing_for_the_next_one_and_nothing_for_its_caller()
    {
        using Model model = Open("sg3t-32");
        var plain = new ImageRequest { Latent = Latent.OfSeed(3) };
        byte[] before = model.Generate(plain).Pixels.Pixels;
        byte[] turned = model.Generate(
            plain with { Transform = new ImageTransform(0.1, 0, 30, 1), Precision = Precision.Fast }).Pixels.Pixels;
        Assert.NotEqual(before, turned);
        Assert.Equal(before, model.Generate(plain).Pixels.Pixels);
        Assert.True(GradMode.IsEnabled);
    }

    [Fact]
    public void All_problems_of_a_request_are_named_by_property()
    {
        using Model model = Open("sg2-skip-32");
        RequestException e = Assert.Throws<RequestException>(() => model.Generate(new ImageRequest
        {
            Latent = new Latent { Seed = 1, Z = [0] },
            Truncation = new() { Psi = double.NaN, Cutoff = -1 },
            Noise = new() { Seed = 3 },
        }));
        Assert.Equal(["latent", "noise.seed", "truncation.cutoff", "truncation.psi"], e.Problems.Select(p => p.Property).Order());

        Assert.Equal("class", Assert.Single(model.Check(new ImageRequest { Class = "cat" })).Property);
        Assert.Equal("transform", Assert.Single(model.Check(new ImageRequest { Transform = new(0, 0, 5, 1) })).Property);
        Assert.Equal("latent.z", Assert.Single(model.Check(new ImageRequest { Latent = new Latent { Z = [1, 2] } })).Property);
        Assert.Equal("styles", Assert.Single(
            model.Check(new ImageRequest { Styles = [new(Latent.OfSeed(1), "0-99")] })).Property);
        Assert.Equal("truncation.layers", Assert.Single(
            model.Check(new ImageRequest { Truncation = new() { Layers = "99-:0.5" } })).Property);
        Assert.Empty(model.Check(new ImageRequest { Truncation = new() { Psi = 0.5 } }));
    }

    [Fact]
    public async Task A_cancelled_request_ends_and_the_model_goes_on()
    {
        using Model model = Open("sg2-skip-32");
        using var cancel = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Task<bool> busy = Task.Run(() => model.Run(_ =>
        {
            started.Set();
            return go.Wait(TimeSpan.FromSeconds(30));
        }));
        started.Wait(TestContext.Current.CancellationToken);
        Task<GeneratedImage> waiting = model.GenerateAsync(new ImageRequest(), cancel.Token);
        await cancel.CancelAsync();
        go.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(await busy);
        Assert.Equal(32, model.Generate(1).Pixels.Width);
    }

    [Fact]
    public void An_exception_inside_work_reaches_its_caller_only()
    {
        using Model model = Open("sg2-skip-32");
        Assert.Throws<InvalidTimeZoneException>(() => model.Run<int>(_ => throw new InvalidTimeZoneException()));
        Assert.Equal(32, model.Generate(1).Pixels.Height);
    }

    [Fact]
    public void A_closed_model_says_so()
    {
        Model model = Open("sg2-skip-32");
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Generate(1));
    }

    [Fact]
    public void Unknown_names_and_devices_are_refused()
    {
        Assert.Equal("model", Assert.Single(Assert.Throws<RequestException>(() => Model.Open("fhq")).Problems).Property);
        Assert.Equal("device", Assert.Single(
            Assert.Throws<RequestException>(
                () => Model.Open(Snapshot("sg2-skip-32"), new ComputeOptions { Device = "tpu" })).Problems).Property);
        Assert.Equal("threads", Assert.Single(
            Assert.Throws<RequestException>(
                () => Model.Open(Snapshot("sg2-skip-32"), new ComputeOptions { Threads = 0 })).Problems).Property);
    }

    [Fact]
    public void Information_says_what_the_model_can_do()
    {
        using Model two = Open("sg2-skip-32"), three = Open("sg3t-32");
        Assert.Equal((32, 32, 3, 8), (two.Info.Width, two.Info.Height, two.Info.Channels, two.Info.NumWs));
        Assert.Equal([4, 8, 16, 32], two.Info.NoiseResolutions);
        Assert.Equal((true, false), (two.Info.CanTruncate, two.Info.CanTransform));
        Assert.True(three.Info.CanTransform);
        Assert.Empty(three.Info.NoiseResolutions);
        Assert.Equal("sg2-skip-32.pkl", two.Reference.Name);
        Assert.Matches("^[0-9a-f]{32}$", two.Reference.Fingerprint!);
        Assert.NotEqual(two.Reference.Fingerprint, three.Reference.Fingerprint);
    }

    private static string Snapshot(string name) => GoldenFolder.Path($"snapshots/{name}.pkl");

    private static Model Open(string name) => Model.Open(Snapshot(name));
}
