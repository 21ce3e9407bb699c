using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Recipes.Tests;

public sealed class FacesTests
{
    private static readonly string Networks = Path.Combine(RepositoryRoot.Find(), "models", "faces");

    [Fact]
    public void Portraits_are_measured_against_their_landmarks()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        string[] names = ["0.png", "1.png"];
        ImageFile.Write(folder["data/0.png"], ImageFile.Read(Fixtures.GoldenFaces.Path("pictures/02-man-a-young-smile.png")));
        ImageFile.Write(folder["data/1.png"], ImageFile.Read(Fixtures.GoldenFaces.Path("pictures/03-man-a-old-neutral.png")));
        Zip(folder["labels.csv.gz"], "file,smile,age,gender\n0.png,0.9,20,0.9\n1.png,0,70,0.9\n");
        Zip(folder["landmarks.json.gz"], JsonSerializer.Serialize(names.Zip([
            "02-man-a-young-smile.png", "03-man-a-old-neutral.png"]).ToDictionary(p => p.First, p => Landmarks(p.Second))));
        string[] data = ["--data", folder["data"], "--portraits", folder.Path, "--networks", Networks];
        using JsonDocument evaluation = JsonDocument.Parse(Run(0, ["faces", "evaluate", .. data, "--num", "2"]));
        JsonElement root = evaluation.RootElement;
        Assert.Equal((1, 0), (root.GetProperty("found").GetDouble(), root.GetProperty("several").GetDouble()));
        Assert.InRange(root.GetProperty("eye_corner_error").GetDouble(), 0.01, 10); // The truth is the library's answer, a little shifted.
        Assert.Equal(1, root.GetProperty("happy_correlation").GetDouble(), 6);
        Assert.Equal(0, root.GetProperty("wrong_gender")[1].GetDouble());
        Assert.Contains("input size of 100", Run(2, ["faces", "evaluate", .. data, "--size", "100"]));
        Assert.Contains("does not exist", Run(2, ["faces", "evaluate", .. data[..5], folder["none"]]));
    }

    [Fact]
    public void Manifests_of_something_else_are_refused()
    {
        using var folder = new TemporaryFolder();
        const string name = "tiny_face_detector_model";
        Assert.NotEqual("", Run(1, "faces", "convert", folder.Path, folder["out"]));
        foreach (string manifest in (string[])
        [
            "{", "[]", "null", """[{"weights":[{"name":"a","shape":[2],"dtype":"int32"}]}]""",
            """[{"weights":[{"name":"a","shape":[3],"dtype":"float32"}]}]""",
            """[{"weights":[{"name":"a","shape":[1],"dtype":"float32"}]}]""",
            """[{"weights":[{"name":"a","shape":[8],"dtype":"float32","quantization":{"dtype":"uint16","scale":1,"min":0}}]}]""",
        ])
        {
            File.WriteAllText(folder[$"{name}-weights_manifest.json"], manifest);
            File.WriteAllBytes(folder[$"{name}.bin"], new byte[8]);
            Assert.Contains(name, Run(2, "faces", "convert", folder.Path, folder["out"]));
        }
    }

    private static double[][] Landmarks(string name) =>
    [
        .. Fixtures.GoldenFaces.List("expected.json", "pictures").Single(p => p.GetProperty("file").GetString() == name)
            .GetProperty("faces")[0].GetProperty("landmarks").EnumerateArray()
            .Select(p => new[] { p[0].GetDouble() / 2, p[1].GetDouble() / 2 }), // The files are in pixels of 128.
    ];

    private static void Zip(string path, string text)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionMode.Compress));
        writer.Write(text);
    }

    private static string Run(int code, params string[] args)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        Assert.True(code == RecipesApp.Run(args, results, messages), messages.ToString());
        return code == 0 ? results.ToString() : messages.ToString();
    }
}
