using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.Tests.Requests;

public sealed class RequestJsonTests
{
    private static readonly ImageRequest Rich = new()
    {
        Model = new ModelReference("people", "00ff"),
        Latent = new Latent { Z = [1, -2.5f, 3e-7f] },
        Number = 5,
        Styles = [new(Latent.OfSeed(9), "coarse"), new(new Latent { W = [0.1f, 0.2f], IsTruncated = true }, "4-5")],
        Truncation = new() { Psi = 0, Cutoff = 3, Levels = new Dictionary<string, double> { ["coarse"] = 0.5 } },
        Noise = new() { Mode = NoiseMode.Random, Seed = 8, Levels = ["fine"] },
        Class = "A:0.5,Ä:0.5",
        Transform = new ImageTransform(0.1, -0.2, 30, 2),
        Precision = Precision.Fast,
    };

    public static TheoryData<GenerationRequest> Requests =>
    [
        Rich,
        new ImageRequest(),
        new GridRequest { Size = new GridSize(2, 1), Images = [new ImageRequest { Latent = Latent.OfSeed(1) }, null] },
        new MixRequest { Rows = [1, 2], Columns = [3], Layers = "fine" },
        new NoiseRequest { Seed = 4, Samples = 7, Grid = new GridSize(2, 2) },
        new VideoRequest { Seeds = [1, 2], Motion = VideoMotion.Slerp, FramesPerKey = 3, PsiEnd = 0 },
    ];

    [Theory, MemberData(nameof(Requests))]
    public void A_request_survives_as_text(GenerationRequest request)
    {
        string text = RequestJson.Write(request);
        GenerationRequest read = RequestJson.Read(text);
        Assert.Equal(request.GetType(), read.GetType());
        Assert.Equal(text, RequestJson.Write(read));
        Assert.DoesNotContain('\n', text);
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var read = Assert.IsType<ImageRequest>(RequestJson.Read("""{"kind":"image","latent":{"seed":3}}"""));
        Assert.Equal((1, 3u), (read.Truncation.Psi, read.Latent.Seed!.Value));
        Assert.Empty(read.Styles);
        Assert.Equal(100, Assert.IsType<NoiseRequest>(RequestJson.Read("""{"kind":"noise","seed":3}""")).Samples);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind":"image","surprise":1}""")]
    [InlineData("""{"kind":"ai"}""")]
    [InlineData("""{"kind":"image","latent":null}""")]
    [InlineData("""{"kind":"image","truncation":null}""")]
    [InlineData("""{"kind":"image","styles":[null]}""")]
    [InlineData("""{"kind":"image","latent":{"z":[1,2]}}""")]
    [InlineData("""{"kind":"image","latent":{"z":"AAA="}}""")]
    [InlineData("""{"kind":"image","latent":{"z":"%%%"}}""")]
    [InlineData("""{"kind":"image","latent":{"seed":-1}}""")]
    [InlineData("""{"kind":"image","latent":{"seed":1,"z":"AACAPw=="}}""")]
    [InlineData("""{"kind":"image","truncation":{"psi":"1"}}""")]
    [InlineData("""{"kind":"grid","size":"0x9"}""")]
    [InlineData("""{"kind":"grid","size":"1x1","images":[{"kind":"grid","size":"1x1"}]}""")]
    [InlineData("""{"kind":"mix","rows":[1]}""")]
    [InlineData("""{"kind":"noise","samples":2000000000}""")]
    [InlineData("""{"kind":"video","seeds":[1],"framesPerKey":0}""")]
    public void Texts_of_something_else_are_refused(string text) => Assert.Throws<RequestException>(() => RequestJson.Read(text));

    [Fact]
    public void Long_and_deep_texts_are_refused()
    {
        Assert.Throws<RequestException>(() => RequestJson.Read(new string('[', 1_000_000)));
        Assert.Throws<RequestException>(() => RequestJson.Read(new string(' ', RequestJson.MaxCharacters + 1)));
    }
}
