using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Recipes.Images;
using StyleGanSharp.Recipes.People;
using StyleGanSharp.Recipes.People.Attributes;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Tests.People;

public sealed class PeopleTests
{
    private const int Side = 16;

    // A "face" is a bright disc: its column is the yaw, its brightness the skin tone; glasses are a white row.
    private static readonly AttributeInfo[] Attributes =
        [new("yaw", AttributeKind.Value), new("skin_tone", AttributeKind.Value), new("glasses", AttributeKind.Probability)];

    [Fact, NoLeaks]
    public void An_attribute_network_learns_what_the_images_show()
    {
        PortraitSet portraits = Discs(400, 1);
        var options = new AttributeTrainingOptions
        {
            Stages = new() { Epochs = 40, Batch = 16 },
            Widths = [8, 8, 8, 8, 8, 8, 8, 8],
        };
        using AttributeNetwork network = AttributeTraining.Train(portraits, 340, options);
        AttributeQuality quality = AttributeQuality.Measure(network, portraits, 340);
        Assert.Equal(60, quality.Portraits);
        Assert.InRange(quality.Attributes["yaw"], 0.8, 1);
        Assert.InRange(quality.Attributes["skin_tone"], 0.8, 1);
        Assert.InRange(quality.Attributes["glasses"], 0.9, 1);
        Assert.InRange(quality.LandmarkError, 0, 1);
    }

    [Fact]
    public void Portraits_are_read_with_their_hair_measured()
    {
        using var folder = new TemporaryFolder();
        WritePortraits(folder, 3);
        PortraitSet set = PortraitSet.Read(folder["all.zip"], folder.Path);
        float Factor(int portrait, string name) =>
            set.Factors[(portrait * set.Attributes.Length) + Array.FindIndex(set.Attributes, a => a.Name == name)];

        Assert.Equal(3, set.Count);
        Assert.Equal((10f, 0f, 1f), (Factor(1, "yaw"), Factor(0, "glasses"), Factor(1, "glasses")));

        // Hair fills the rows below 64 + 32 i of a map of 128; the eyes lie in row 64, 32 pixels apart. The first map has none.
        Assert.True(float.IsNaN(Factor(0, "hair_length")));
        Assert.Equal(((64 + 32 - 0.5) - 64) / 32, Factor(1, "hair_length"), 1e-5);
        Assert.Equal(((64 + 63 + 0.5) - 64) / 32, Factor(2, "hair_length"), 1e-5);

        // The images are of one color, (200, 100, 50).
        Assert.Equal(250.0 / 2 / 255, Factor(1, "hair_lightness"), 1e-5);
        Assert.Equal((200 - 75.0) / 255, Factor(1, "hair_red"), 1e-5);
        Assert.Equal(Math.Sqrt(3) / 2 * 50 / 255, Factor(1, "hair_yellow"), 1e-5);
    }

    [Fact]
    public void The_evaluation_measures_a_network_of_random_weights()
    {
        using var folder = new TemporaryFolder();
        string detector = LpipsFiles.SqueezeNet;
        WritePortraits(folder, 60);
        using (var draws = new RandomGenerator(1))
        using (var generator = new Generator(
            new GeneratorOptions { ZDim = 8, WDim = 8, Resolution = Side, ChannelBase = 64, ChannelMax = 8 }, Initializer.Random(
                draws)))
        using (var reader = new AttributeNetwork(
            new() { Resolution = Side, Attributes = Attributes, Landmarks = 2, Widths = [2, 2, 2, 2, 2, 2, 2, 2] },
            Initializer.Random(draws)))
        {
            NetworkFile.Write(folder["network.safetensors"], generator, new() { Levels = new(2, 4, 8, 16) });
            NetworkFile.Write(folder["plain.safetensors"], generator);
            AttributeNetworkFile.Write(folder["attributes.safetensors"], reader);
        }

        string[] evaluate =
        [
            "people", "evaluate", "--network", folder["network.safetensors"], "--data", folder["all.zip"], "--attributes",
            folder["attributes.safetensors"], "--detector", detector, "--held-out", "20", "--samples", "20",
        ];
        string json = Run(0, [.. evaluate, "--pairs", folder["pairs.png"]]);
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        Assert.Equal("network.safetensors", root.GetProperty("network").GetString());
        Assert.InRange(root.GetProperty("frechet").GetProperty("ratio").GetDouble(), 0.1, 10);
        Assert.Equal(0, root.GetProperty("frechet").GetProperty("real_halves").GetDouble(), 1e-3);
        Assert.InRange(root.GetProperty("manifold").GetProperty("precision").GetDouble(), 0, 1);
        Assert.Equal(5, root.GetProperty("neighbors").GetProperty("nearest_pairs").GetArrayLength());
        double[] shares = [
            .. root.GetProperty("levels").GetProperty("shares").GetProperty("skin_tone").EnumerateArray().Select(
                v => v.GetDouble())];
        Assert.Equal(3, shares.Length);
        Assert.Equal([2, 3], root.GetProperty("levels").GetProperty("middle").EnumerateArray().Select(v => v.GetInt32()));
        Assert.All(shares, s => Assert.InRange(s, -3, 3));
        ImageInfo pairs = ImageFile.Identify(folder["pairs.png"]);
        Assert.True(pairs.Width > 2 * 4 * Side && pairs.Height > 5 * 4 * Side);

        string[] plain = [.. evaluate.Select(e => e.Replace("network.s", "plain.s", StringComparison.Ordinal))];
        Assert.Contains("--levels", Run(2, plain), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_portraits_are_named()
    {
        using var folder = new TemporaryFolder();
        WritePortraits(folder, 3);
        File.Delete(folder["landmarks.json.gz"]);
        string[] train = [
            "people", "train-attributes", "--data", folder["all.zip"], "--portraits", folder.Path, "--out",
            folder["a.safetensors"]];
        Assert.Contains("landmarks.json.gz", Run(2, train), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["a.safetensors"]));
    }

    private static string Run(int expected, string[] args)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        int code = RecipesApp.Run(args, results, messages);
        Assert.True(code == expected, $"Exit code {code}: {messages}");
        return expected == 0 ? results.ToString() : messages.ToString();
    }

    private static PortraitSet Discs(int count, uint seed)
    {
        var random = new StyleGanSharp.Networks.Latents.NumpyRandom(seed);
        var pixels = new byte[count * 3 * Side * Side];
        var factors = new float[count * Attributes.Length];
        var landmarks = new float[count * PortraitSet.LandmarkCount * 2];
        for (int i = 0; i < count; i++)
        {
            double x = 5 + (5 * random.Rand()), tone = random.Rand();
            bool glasses = random.Rand() > 0.5;
            (factors[i * 3], factors[(i * 3) + 1], factors[(i * 3) + 2]) = ((float)(x - 7.5), (float)tone, glasses ? 1 : 0);
            for (int p = 0; p < Side * Side; p++)
            {
                (int row, int column) = (p / Side, p % Side);
                bool inside = Math.Pow(row - 7.5, 2) + Math.Pow(column - x, 2) < 12;
                for (int c = 0; c < 3; c++)
                {
                    pixels[(((i * 3) + c) * Side * Side) + p] = glasses && row == 7
                        ? (byte)255 : inside ? (byte)(60 + (130 * tone)) : (byte)10;
                }
            }

            for (int p = 0; p < PortraitSet.LandmarkCount; p++)
            {
                landmarks[((i * PortraitSet.LandmarkCount) + p) * 2] = (float)((x + 0.5) / Side);
                landmarks[(((i * PortraitSet.LandmarkCount) + p) * 2) + 1] = 0.5f;
            }
        }

        return new PortraitSet(new ImageSet(Side, 3, pixels), Attributes, factors, landmarks);
    }

    // Data set, labels, landmarks and maps as the rendered portraits have them.
    private static void WritePortraits(TemporaryFolder folder, int count)
    {
        string Name(int i, string extension) => string.Create(CultureInfo.InvariantCulture, $"00000/img{i:00000000}.{extension}");
        using (ZipArchive images = ZipFile.Open(folder["all.zip"], ZipArchiveMode.Create))
        using (ZipArchive maps = ZipFile.Open(folder["portraits-128-maps.zip"], ZipArchiveMode.Create))
        {
            for (int i = 0; i < count; i++)
            {
                var image = new ImageBuffer(Side, Side, 3);
                for (int p = 0; p < Side * Side; p++)
                {
                    (image.Pixels[p * 3], image.Pixels[(p * 3) + 1], image.Pixels[(p * 3) + 2]) = (200, 100, 50);
                }

                Add(images, Name(i, "png"), image);
                var map = new ImageBuffer(128, 128, 3);
                for (int y = 64; y < Math.Min(128, 64 + (32 * (i % 3))); y++)
                {
                    for (int x = 0; x < 128; x++)
                    {
                        Span<byte> pixel = map.Row(y).Slice(x * 3, 3);
                        (pixel[0], pixel[1], pixel[2]) = (0x3c, 0x28, 0x14);
                    }
                }

                Add(maps, Name(i, "png"), map);
            }
        }

        string[] columns = [
            "file", "yaw", "pitch", "smile", "mouth_open", "age", "gender", "skin_tone", "weight", "chin-width", "epicanthus",
            "hair_length", "beard", "glasses"];
        var labels = new StringBuilder(string.Join(',', columns)).Append('\n');
        var points = new Dictionary<string, double[][]>();
        for (int i = 0; i < count; i++)
        {
            labels.Append(CultureInfo.InvariantCulture,
                $"{Name(i, "webp")},{10 * i},0,0,0,30,0,0.5,0,0.1,0.2,0.3,none,{(i % 2 == 0 ? "none" : "sun")}\n");
            points[Name(i, "webp")] = [
                .. Enumerable.Range(0, 68).Select(
                    p => new double[] { p is >= 36 and < 42 ? 48 : p is >= 42 and < 48 ? 80 : 64, 64 })];
        }

        Compress(folder["labels.csv.gz"], labels.ToString());
        Compress(folder["landmarks.json.gz"], JsonSerializer.Serialize(points));
    }

    private static void Add(ZipArchive archive, string name, ImageBuffer image)
    {
        using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(ImageFile.Encode(image, new ImageWriteOptions { Format = ImageFormat.Png }));
    }

    private static void Compress(string path, string text)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
