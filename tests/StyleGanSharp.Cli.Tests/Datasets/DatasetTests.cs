using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Datasets;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_data_set_is_made_and_inspected()
    {
        string source = Fixtures.Golden.Path("dataset/synthetic-32x32-source.zip");
        CommandResult made = CommandLine.Succeed("dataset", "create", "--source", source, "--dest", folder["a.zip"]);
        Assert.Empty(made.Results);
        Assert.Contains("20 images of 32x32, RGB, with labels", made.Messages);
        using JsonDocument json = JsonDocument.Parse(
            CommandLine.Succeed("dataset", "inspect", folder["a.zip"], "--json").Results);
        Assert.Equal((20, 32, 3, "classes", 3, true), (
            json.RootElement.GetProperty("images").GetInt32(),
            json.RootElement.GetProperty("width").GetInt32(),
            json.RootElement.GetProperty("channels").GetInt32(),
            json.RootElement.GetProperty("labels").GetString(),
            json.RootElement.GetProperty("label_size").GetInt32(),
            json.RootElement.GetProperty("trainable").GetBoolean()));
        Assert.Contains("3 classes", CommandLine.Succeed("dataset", "inspect", folder["a.zip"]).Results);
        Assert.Contains("     2         6", CommandLine.Succeed("dataset", "labels", folder["a.zip"]).Results);
        Assert.Contains("exists already", CommandLine.Refuse("dataset", "create", "--source", source, "--dest", folder["a.zip"]));
    }

    [Fact]
    public void Damaged_pictures_are_listed_by_create_and_verify()
    {
        byte[] good = ImageFile.Encode(new ImageBuffer(8, 8, 3), new ImageWriteOptions { Format = ImageFormat.Png });
        Directory.CreateDirectory(folder["set"]);
        File.WriteAllBytes(folder["set/good.png"], good);
        File.WriteAllBytes(folder["set/cut.png"], good[..^20]);
        CommandResult made = CommandLine.Succeed("dataset", "create", "--source", folder["set"], "--dest", folder["a.zip"]);
        Assert.Contains("1 image cannot be read and is left out:", made.Messages);
        Assert.Contains("cut.png", made.Messages);
        CommandResult verified = CommandLine.Run("dataset", "verify", folder["set"]);
        Assert.Equal(1, verified.Code);
        Assert.Contains("cut.png is a damaged or truncated PNG", verified.Results);
        Assert.Contains("\"file\":\"cut.png\"", CommandLine.Run("dataset", "verify", folder["set"], "--json").Results);
        Assert.Equal(0, CommandLine.Run("dataset", "verify", folder["a.zip"]).Code);
    }

    [Theory]
    [InlineData("--resolution", "32x", "--resolution '32x' is not a size")]
    [InlineData("--resolution", "3,2", "--resolution '3,2' is not a size")]
    [InlineData("--width", "32", "--width 32 needs --height")]
    [InlineData("--labels-depth", "2", "--labels-depth needs --labels folders")]
    [InlineData("--transform", "twist", "--transform 'twist' is unknown: choose none, center-crop")]
    [InlineData("--channels", "cmyk", "--channels 'cmyk' is unknown: choose auto, gray, rgb, rgba")]
    [InlineData("--background", "red", "--background 'red' is not a color")]
    [InlineData("--max-images", "0", "--max-images 0 has to be at least 1")]
    [InlineData("--letters", "AB", "--letters only belongs to --source fonts")]
    public void Wrong_options_are_one_sentence(string option, string value, string sentence) => Assert.Contains(
        sentence,
        CommandLine.Refuse(
            "dataset", "create", "--source", Fixtures.Golden.Path("dataset/resize-32-source.zip"), "--dest", folder["a.zip"],
            option, value));

    [Theory]
    [InlineData("--resolution", "16")]
    [InlineData("--resolution", "16x16")]
    [InlineData("--width", "16", "--height", "16")]
    [InlineData("--width=16", "--height=16", "--resolution=16")]
    public void Sizes_are_written_in_several_ways(params string[] size)
    {
        string[] create = [
            "dataset", "create", "--source", GoldenFolder.Path("dataset/resize-32-source.zip"), "--dest", folder["a.zip"],
            "--transform", "CENTER_CROP"];
        Assert.Contains("of 16x16", CommandLine.Succeed([.. create, .. size]).Messages);
        Assert.Contains("--resolution 8 contradicts --width 16 --height 16", CommandLine.Refuse(
            [.. create, "--force", "--width", "16", "--height", "16", "--resolution", "8"]));
    }

    [Fact]
    public void Folders_that_are_no_classes_are_asked_about()
    {
        foreach (string name in (string[])["train/cat", "train/dog", "val/cat"])
        {
            Directory.CreateDirectory(folder[$"set/{name}"]);
            ImageFile.Write(folder[$"set/{name}/1.png"], new ImageBuffer(8, 8, 3));
        }

        string[] create = ["dataset", "create", "--source", folder["set"], "--dest", folder["a.zip"], "--labels", "folders"];
        Assert.Contains("--labels-depth 1: train, val; --labels-depth 2: cat, dog", CommandLine.Refuse(create));
        CommandLine.Succeed([.. create, "--labels-depth", "2"]);
        Assert.Contains("dog", CommandLine.Succeed("dataset", "labels", folder["a.zip"]).Results);
    }

    [Fact]
    public void Remarks_are_said_by_inspect_and_by_train()
    {
        Directory.CreateDirectory(folder["set"]);
        ImageFile.Write(folder["set/0.png"], new ImageBuffer(8, 8, 3));
        File.WriteAllText(folder["set/dataset.json"], """{"labels": [["0.png", 1]]}""");
        Assert.Contains("class 0 of 2 is empty", CommandLine.Succeed("dataset", "inspect", folder["set"]).Messages);
        Assert.Contains("class 0 of 2", CommandLine.Succeed(
            "train", "--data", folder["set"], "--outdir", folder["run"], "--cfg", "small", "--dry-run").Messages);
    }

    [Fact]
    public void Bad_sources_are_one_sentence()
    {
        Assert.Contains("does not exist", CommandLine.Refuse(
            "dataset", "create", "--source", folder["none"], "--dest", folder["a.zip"]));
        Assert.Contains("has no images", CommandLine.Refuse("dataset", "inspect", folder.Path));
        Assert.Contains("no labels", CommandLine.Refuse("dataset", "labels", Fixtures.Golden.Path("dataset/gray-16x16.zip")));
        Assert.Contains("a data set is a .zip file", CommandLine.Refuse(
            "dataset", "create", "--source", folder.Path, "--dest", folder["a.tar"]));
        using (ZipArchive odd = ZipFile.Open(folder["odd.zip"], ZipArchiveMode.Create))
        {
            using Stream entry = odd.CreateEntry("a.png").Open();
            entry.Write(ImageFile.Encode(new ImageBuffer(100, 75, 3), new ImageWriteOptions { Format = ImageFormat.Png }));
        }

        Assert.Contains("power of two", CommandLine.Refuse(
            "dataset", "create", "--source", folder["odd.zip"], "--dest", folder["a.zip"]));
        Assert.Contains("power of two", CommandLine.Succeed("dataset", "inspect", folder["odd.zip"]).Messages);
    }

    [Fact]
    public void Records_are_written_read_compared_and_shuffled()
    {
        string records = Fixtures.GoldenTf.Path("tfrecords/tiny32");
        CommandLine.Succeed("dataset", "create", "--source", records, "--dest", folder["a.zip"]);
        CommandResult made = CommandLine.Succeed(
            "dataset", "create", "--source", folder["a.zip"], "--dest", folder["tiny32"], "--format", "tfrecords");
        Assert.Contains("16 images of 32x32, RGB, with labels", made.Messages);
        Assert.Contains("16 images and their labels are the same", CommandLine.Succeed(
            "dataset", "compare", records, folder["tiny32"]).Messages);
        Assert.Equal(0, CommandLine.Run("dataset", "verify", folder["tiny32"]).Code);
        Assert.Contains("size        32x32, RGB", CommandLine.Succeed("dataset", "inspect", folder["tiny32"]).Results);
        Assert.Contains("not empty", CommandLine.Refuse(
            "dataset", "create", "--source", records, "--dest", folder["tiny32"], "--to", "tfrecords", "--force"));

        CommandLine.Succeed(
            "dataset", "create", "--source", records, "--dest", folder["pictures"], "--format", "folder", "--shuffle");
        CommandResult different = CommandLine.Run("dataset", "compare", records, folder["pictures"]);
        Assert.Equal(1, different.Code);
        Assert.Matches("^[0-9]+ images differ, of the images .*\n[0-9]+ labels differ", different.Results);
        IReadOnlyDictionary<string, NumpyArray> expected = Fixtures.GoldenTf.Arrays("tfrecords/tiny32.npz");
        long[] order = expected["shuffled_order_16"].ToInt64s();
        using ImageDataset shuffled = ImageDataset.Open(folder["pictures"]);
        var pixels = new byte[shuffled.ImageBytes];
        for (int i = 0; i < order.Length; i++)
        {
            shuffled.Read(i, pixels);
            Assert.Equal(expected["r05"].Bytes.Slice((int)order[i] * pixels.Length, pixels.Length), pixels);
        }
    }

    [Fact]
    public void Damaged_records_are_left_out_by_create_and_refused_by_train()
    {
        Directory.CreateDirectory(folder["set"]);
        foreach (string file in Directory.GetFiles(Fixtures.GoldenTf.Path("tfrecords/tiny32")))
        {
            byte[] content = File.ReadAllBytes(file);
            if (file.EndsWith("r05.tfrecords", StringComparison.Ordinal))
            {
                content[^100] ^= 1;
            }

            File.WriteAllBytes(Path.Combine(folder["set"], Path.GetFileName(file)), content);
        }

        CommandResult made = CommandLine.Succeed("dataset", "create", "--source", folder["set"], "--dest", folder["a.zip"]);
        Assert.Contains("1 image cannot be read and is left out:", made.Messages);
        Assert.Contains("tiny32-r05.tfrecords: record 15 has a wrong checksum (CRC) of its data", made.Messages);
        Assert.Contains("record 15", CommandLine.Run("dataset", "verify", folder["set"], "--json").Results);
        string refused = CommandLine.Refuse(
            "train", "--data", folder["set"], "--outdir", folder["run"], "--cfg", "small", "--dry-run");
        Assert.Contains("record 15 has a wrong checksum (CRC) of its data: 'stylegan dataset verify", refused);
    }

    [Fact]
    public void Sheets_are_cut_into_tiles()
    {
        ImageFile.Write(folder["sheet.png"], new ImageBuffer(70, 32, 3));
        CommandResult made = CommandLine.Succeed(
            "dataset", "create", "--source", folder["sheet.png"], "--dest", folder["a.zip"], "--tile", "16x16", "--tile-count",
            "6");
        Assert.Contains("6 images of 16x16", made.Messages);
        made = CommandLine.Succeed(
            "dataset", "create", "--source", folder["sheet.png"], "--dest", folder["a.zip"], "--force", "--tile", "16x16");
        Assert.Contains("8 images of 16x16", made.Messages);
        Assert.Contains("1 sheet did not divide into tiles of 16x16", made.Messages);
        Assert.Contains("--tile-gap needs --tile WxH", CommandLine.Refuse(
            "dataset", "create", "--source", folder["sheet.png"], "--dest", folder["b.zip"], "--tile-gap", "1"));
        Assert.Contains("--tile '16x' is not a size", CommandLine.Refuse(
            "dataset", "create", "--source", folder["sheet.png"], "--dest", folder["b.zip"], "--tile", "16x"));
        Assert.Contains("8 images of 16x16", CommandLine.Succeed(
            "dataset", "create", "--source", folder["sheet.png"], "--dest", folder["b.zip"], "--tile", "16").Messages);
    }

    [Fact]
    public void Letters_are_drawn_from_the_fonts_of_a_folder()
    {
        Assert.SkipUnless(HasFonts(), "fontconfig lists no font named DejaVu (the package fonts-dejavu-core).");
        using Process process = Process.Start(
            new ProcessStartInfo("fc-match", ["--format", "%{file}", "DejaVu Sans"]) { RedirectStandardOutput = true })!;
        string font = process.StandardOutput.ReadToEnd();
        Directory.CreateDirectory(folder["fonts"]);
        File.Copy(font, Path.Combine(folder["fonts"], Path.GetFileName(font)));
        CommandResult made = CommandLine.Succeed(
            "dataset", "create", "--source", "fonts", "--fonts-dir", folder["fonts"], "--dest", folder["a.zip"], "--letters",
            "AXQ", "--resolution", "32x32");
        Assert.Contains("3 images of 32x32 from 1 families", made.Messages);
        Directory.CreateDirectory(folder["none"]);
        Assert.Contains("No font of", CommandLine.Refuse(
            "dataset", "create", "--source", "fonts", "--fonts-dir", folder["none"], "--dest", folder["b.zip"]));
        Assert.Contains("is not a folder of fonts", CommandLine.Refuse(
            "dataset", "create", "--source", "fonts", "--fonts-dir", folder["nowhere"], "--dest", folder["b.zip"]));
    }

    [Fact]
    public void Letters_are_drawn_from_the_fonts_of_the_machine()
    {
        Assert.SkipUnless(HasFonts(), "fontconfig lists no font named DejaVu (the package fonts-dejavu-core).");
        CommandResult made = CommandLine.Succeed(
            "dataset", "create", "--source", "fonts", "--dest", folder["a.zip"], "--letters", "AXQ", "--resolution", "64x64",
            "--exclude", "noto");
        Assert.Contains("images of 64x64 from", made.Messages);
        using JsonDocument json = JsonDocument.Parse(
            CommandLine.Succeed("dataset", "inspect", folder["a.zip"], "--json").Results);
        Assert.Equal(["A", "X", "Q"], json.RootElement.GetProperty("class_names").EnumerateArray().Select(n => n.GetString()!));
        Assert.Equal(1, json.RootElement.GetProperty("channels").GetInt32());
        Assert.Equal(0, CommandLine.Run("dataset", "verify", folder["a.zip"]).Code);
    }

    private static bool HasFonts()
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("fc-list", ["DejaVu Sans"]) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Length > 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
