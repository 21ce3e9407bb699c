using System.IO.Compression;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets;

public sealed class ImageDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_walked_in_the_order_of_path_components()
    {
        foreach (string name in new[] { "a-b/1.png", "a/2.png", "a/10.png", "b.png", "a.png" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllBytes(folder[name], TestArchive.Png(name.Length));
        }

        File.WriteAllText(folder["notes.txt"], "no image");
        using ImageDataset dataset = ImageDataset.Open(folder.Path);
        Assert.Equal(["a/10.png", "a/2.png", "a-b/1.png", "a.png", "b.png"], dataset.FileNames);
        TestArchive.Write(folder["same.zip"], dataset.FileNames.Select(n => (n, File.ReadAllBytes(folder[n]))));
        using ImageDataset zip = ImageDataset.Open(folder["same.zip"]);
        Assert.Equal(["a-b/1.png", "a.png", "a/10.png", "a/2.png", "b.png"], zip.FileNames);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 0)]
    [InlineData(CompressionLevel.Optimal, 6)]
    public void Pictures_of_every_format_are_decoded(CompressionLevel level, int compression)
    {
        byte[] jpeg = ImageFile.Encode(TestArchive.Picture(2), new ImageWriteOptions { Format = ImageFormat.Jpeg });
        byte[] webp = ImageFile.Encode(
            TestArchive.Picture(3), new ImageWriteOptions { Format = ImageFormat.WebP, Lossless = true });
        byte[] palette = MinimalPngPalette();
        string path = TestArchive.Write(
            folder["set.zip"], [
                ("0.png", TestArchive.Png(1, compression: compression)), ("1.jpg", jpeg), ("2.webp", webp), ("3.png", palette)],
                    level);
        using ImageDataset dataset = ImageDataset.Open(path);
        Assert.Equal((4, 8, 8, 3), (dataset.Count, dataset.Width, dataset.Height, dataset.Channels));
        var pixels = new byte[dataset.ImageBytes];
        byte[][] files = [TestArchive.Png(1), jpeg, webp, palette];
        for (int i = 0; i < 4; i++)
        {
            dataset.Read(i, pixels);
            Assert.Equal(ImageFile.Decode(files[i]).ToPlanar(), pixels);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void The_orientation_in_a_png_turns_it_as_everywhere(int orientation)
    {
        byte[] pixels = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        byte[] file = Images.MinimalPng.Write(8, 8, 8, 0, pixels, exif: Images.MinimalPng.Orientation(orientation));
        byte[] upright = ImageFile.Decode(file).ToPlanar();
        Assert.NotEqual(pixels, upright);
        using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(folder["set.zip"], [("a.png", file)]));
        var read = new byte[64];
        dataset.Read(0, read);
        Assert.Equal(upright, read);

        // An image that is not square has the size that it is shown with.
        byte[] wide = Images.MinimalPng.Write(8, 4, 8, 0, pixels[..32], exif: Images.MinimalPng.Orientation(orientation));
        using ImageDataset turned = ImageDataset.Open(TestArchive.Write(folder["wide.zip"], [("a.png", wide)]));
        Assert.Equal((4, 8), (turned.Width, turned.Height));
    }

    [Fact]
    public void Files_that_are_no_pictures_are_counted_by_kind()
    {
        using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(
            folder["set.zip"], [("a.png", TestArchive.Png(1)), ("b.bmp", [1]), ("c.txt", [1]), ("d.txt", [1])]));
        string remark = Assert.Single(dataset.Remarks);
        Assert.StartsWith("3 files are left out: 1 .bmp (images", remark);
        Assert.EndsWith("2 .txt.", remark);
        using ImageDataset clean = ImageDataset.Open(TestArchive.Write(folder["clean.zip"], [("a.png", TestArchive.Png(1))]));
        Assert.Empty(clean.Remarks);
    }

    [Fact]
    public void The_hash_of_pictures_tells_names_bytes_and_order_apart()
    {
        byte[] a = TestArchive.Png(1), b = TestArchive.Png(2);
        string first = Hash("first.zip", [0, 1], ("a.png", a), ("b.png", b));
        Assert.Equal(64, first.Length);
        Assert.Equal(first, Hash("again.zip", [0, 1], ("a.png", a), ("b.png", b)));
        string[] others =
        [
            Hash("swapped.zip", [0, 1], ("a.png", b), ("b.png", a)), Hash("renamed.zip", [0, 1], ("a.png", a), ("c.png", b)),
            Hash("order.zip", [1, 0], ("a.png", a), ("b.png", b)), Hash("part.zip", [0], ("a.png", a), ("b.png", b)), first,
        ];
        Assert.Equal(others.Length, others.Distinct().Count());

        string Hash(string archive, int[] indices, params (string Name, byte[] Content)[] files)
        {
            using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(folder[archive], files));
            return dataset.ContentHash(indices);
        }
    }

    [Fact]
    public void The_fingerprint_tells_sets_of_one_shape_apart_but_not_a_folder_from_an_archive()
    {
        // Uncompressed: all files have the same length.
        byte[] a = TestArchive.Png(1, compression: 0), b = TestArchive.Png(2, compression: 0);
        Assert.Equal(a.Length, b.Length);
        string first = Fingerprint("first.zip", ("a.png", a), ("b.png", b));
        Directory.CreateDirectory(folder["first"]);
        File.WriteAllBytes(folder["first/a.png"], a);
        File.WriteAllBytes(folder["first/b.png"], b);
        using (ImageDataset files = ImageDataset.Open(folder["first"]))
        {
            Assert.Equal(first, files.Fingerprint());
        }

        byte[] labels = """{"labels": [["a.png", 0], ["b.png", 1]]}"""u8.ToArray(),
            others = """{"labels": [["a.png", 1], ["b.png", 0]]}"""u8.ToArray();
        string[] all =
        [
            first, Fingerprint("swapped.zip", ("a.png", b), ("b.png", a)), Fingerprint("renamed.zip", ("a.png", a), ("c.png", b)),
            Fingerprint("fewer.zip", ("a.png", a)), Fingerprint(
                "labels.zip", ("a.png", a), ("b.png", b), ("dataset.json", labels)),
            Fingerprint("others.zip", ("a.png", a), ("b.png", b), ("dataset.json", others)),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());

        string Fingerprint(string archive, params (string Name, byte[] Content)[] files)
        {
            using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(folder[archive], files));
            return dataset.Fingerprint();
        }
    }

    [Fact]
    public void Many_threads_may_read()
    {
        string path = TestArchive.Write(
            folder["set.zip"], Enumerable.Range(0, 40).Select(i => ($"{i:00}.png", TestArchive.Png(i))));
        using ImageDataset dataset = ImageDataset.Open(path);
        Parallel.For(0, 2000, n =>
        {
            var pixels = new byte[dataset.ImageBytes];
            dataset.Read(n % 40, pixels);
            Assert.Equal(TestArchive.Picture(n % 40).ToPlanar(), pixels);
        });
    }

    [Fact]
    public void One_picture_is_a_data_set()
    {
        using ImageDataset dataset = ImageDataset.Open(
            TestArchive.Write(folder["one.zip"], [("x.png", TestArchive.Png(1, channels: 1))]));
        Assert.Equal((1, 1), (dataset.Count, dataset.Channels));
        Assert.Null(dataset.SizeProblem);
        Assert.Same(DatasetLabels.None, dataset.Labels);
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(64, 32)]
    [InlineData(2, 2)]
    public void Sizes_that_cannot_be_trained_are_explained(int width, int height)
    {
        using ImageDataset dataset = ImageDataset.Open(
            TestArchive.Write(folder["odd.zip"], [("x.png", TestArchive.Png(1, width, height))]));
        (string problem, CreationAdvice advice) = Assert.NotNull(dataset.SizeProblem);
        Assert.Contains($"{width}x{height}", problem);
        Assert.Equal(dataset.Path, advice.Source);
        Assert.InRange(advice.Side!.Value, 4, 128);
    }

    [Fact]
    public void Labels_that_are_classes_have_names_where_the_file_has_them()
    {
        using ImageDataset dataset = ImageDataset.Open(
            Labelled("""{"labels": [["0.png", 2], ["1.png", 0]], "class_names": ["a", "b", "c"], "x": 1}"""));
        Assert.Equal((LabelKind.Classes, 3), (dataset.Labels.Kind, dataset.Labels.Size));
        Assert.Equal(["a", "b", "c"], dataset.Labels.ClassNames);
        Assert.Equal((2, 0), (dataset.Labels.Class(0), dataset.Labels.Class(1)));
    }

    [Theory]
    [InlineData("""{"labels": [["0.png", 2]]}""", "no label for 1 of 2 images, such as '1.png'")]
    [InlineData("""{"labels": [["other/0.png", 2], ["other/1.png", 2]]}""", "no label for 2 of 2 images")]
    [InlineData("""{"labels": [["0.png", -1], ["1.png", 1]]}""", "whole numbers")]
    [InlineData("""{"labels": [["0.png", 0.5], ["1.png", 1]]}""", "whole numbers")]
    [InlineData("""{"labels": [["0.png", 2000000000], ["1.png", 1]]}""", "whole numbers")]
    [InlineData("""{"labels": [["0.png", 1], ["1.png", [1, 2]]]}""", "first image has a class")]
    [InlineData("""{"labels": [["0.png", [1, 2]], ["1.png", 1]]}""", "first image has 2 numbers")]
    [InlineData("""{"labels": [["0.png", [1, 2]], ["1.png", [1]]]}""", "first image has 2 numbers")]
    [InlineData("""{"labels": [["0.png", [1, "b"]], ["1.png", [1, 2]]]}""", "not a number")]
    [InlineData("""{"labels": [["0.png", [1e300]], ["1.png", [1]]]}""", "not a number")]
    [InlineData("""{"labels": [["0.png", []], ["1.png", []]]}""", "vectors of 0 numbers")]
    [InlineData("""{"labels": {"0.png": 1}}""", "no label for 1 of 2 images, such as '1.png'")]
    [InlineData("""{"labels": 3}""", "neither null nor a list")]
    [InlineData("""{"labels": [["0.png", 1], ["1.png", 0], ["./0.png", 1]]}""", "names '0.png' twice")]
    [InlineData("""{"0.png": 1, "1.png": 0, "0.png": 0}""", "names '0.png' twice, with the labels 1 and 0")]
    [InlineData("""{"labels": null, "label": [["0.png", 1]]}""", "the keys 'labels' and 'label'")]
    [InlineData("""{"labels": [["0.png", "1"], ["1.png", 1]]}""", "whole numbers")]
    [InlineData("""{"labels": [["0.png"]]}""", "not a [name, label] pair")]
    [InlineData("""{"labels": [["0.png", 2], ["1.png", 1]], "class_names": ["a"]}""", "1 'class_names' for 3 classes")]
    [InlineData("""{"labels": [["0.png", 0], ["1.png", 1]], "class_names": 3}""", "not a list of texts")]
    [InlineData("""["0.png"]""", "not a JSON object")]
    [InlineData("{\"labels\": [", "not valid JSON (line 1)")]
    public void Labels_that_do_not_match_are_one_sentence(string json, string problem)
    {
        string path = Labelled(json);
        string message = Assert.Throws<DatasetException>(() => ImageDataset.Open(path)).Message;
        Assert.StartsWith($"{path}: dataset.json ", message);
        Assert.Contains(problem, message);
    }

    [Theory]
    [InlineData("""{"label": [["0.png", 2], ["1.png", 0], ["2.png", 1]]}""")]
    [InlineData("""{"labels": {"0.png": 2, "1.png": 0, "2.png": 1}}""")]
    [InlineData("""{"0.png": 2, "1.png": 0, "2.png": 1, "class_names": ["a", "b", "c"]}""")]
    [InlineData("""[["0.png", 2], ["1.png", 0], ["2.png", 1]]""")]
    [InlineData("""{"labels": [["./0.png", 2.0], [".\\1.png", 0.0], ["/2.png", 1e0]]}""")]
    public void Harmless_forms_of_other_tools_are_read(string json)
    {
        using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(
            folder["forms.zip"], [
                .. Enumerable.Range(0, 3).Select(i => ($"{i}.png", TestArchive.Png(i))), (
                    "dataset.json", TestArchive.Json(json))]));
        Assert.Equal([2, 0, 1], Enumerable.Range(0, 3).Select(dataset.Labels.Class));
        Assert.Empty(dataset.Remarks);
    }

    [Theory]
    [InlineData("""{"labels": [["0.png", 1], ["1.png", 2]]}""", "class 0 of 3 is empty")]
    [InlineData("""{"labels": [["0.png", 0], ["1.png", 3]]}""", "2 of 4 classes without an image (1, 2)")]
    [InlineData("""{"labels": [["0.png", 0], ["1.png", 1], ["2.png", 5]]}""",
        "names 1 images that are not there, such as '2.png'")]
    [InlineData("""{"annotations": []}""", "has no key 'labels'")]
    public void Labels_that_are_odd_are_remarked_on(string json, string remark)
    {
        string path = Labelled(json);
        using ImageDataset dataset = ImageDataset.Open(path);
        Assert.Contains(remark, Assert.Single(dataset.Remarks));
        Assert.StartsWith($"{path}: dataset.json ", dataset.Remarks[0]);
        Assert.Contains(remark, Assert.Single(Creation.DatasetCreatorTests.Create(path, folder["made.zip"], new()).Remarks));
    }

    [Fact]
    public void A_folder_that_wraps_everything_keeps_its_labels()
    {
        (string, byte[])[] files =
        [
            ("readme.txt", [1]), ("w/my set/0.png", TestArchive.Png(0)), ("w/my set/x/1.png", TestArchive.Png(1)),
            ("w/my set/dataset.json", TestArchive.Json("""{"labels": [["0.png", 1], ["w/my set/x/1.png", 0]]}""")),
        ];
        using ImageDataset dataset = ImageDataset.Open(TestArchive.Write(folder["wrapped.zip"], files));
        Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(dataset.Labels.Class));
        Assert.Equal("w/my set/0.png", dataset.FileNames[0]);   // As before: a run knows its data by their names.

        (string, byte[])[] besides = [.. files, ("2.png", TestArchive.Png(2))];
        using ImageDataset unlabelled = ImageDataset.Open(TestArchive.Write(folder["besides.zip"], besides));
        Assert.Equal(LabelKind.None, unlabelled.Labels.Kind);
        Assert.Contains("w/my set/dataset.json are not used", unlabelled.Remarks[0]);
        Assert.Equal(["1 file is left out: 1 .txt."], unlabelled.Remarks.Skip(1));
    }

    [Fact]
    public void Hidden_files_results_and_runs_are_no_part_of_a_folder()
    {
        void Put(string name, byte[] content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllBytes(folder[name], content);
        }

        Put("set/a.png", TestArchive.Png(0));
        Put("set/sub/b.png", TestArchive.Png(1));
        string before;
        using (ImageDataset dataset = ImageDataset.Open(folder["set"]))
        {
            before = dataset.Fingerprint();
            Assert.Empty(dataset.Remarks);
        }

        foreach (string name in (
            string[])[".a.png", ".git/x.png", "sub/.ipynb_checkpoints/b-checkpoint.png", "@eaDir/a.png/SYNO.jpg",
            "$recycle.bin/c.png", "out.tmp-0123456789ab/00000/i.png"])
        {
            Put($"set/{name}", TestArchive.Png(9, 16, 16));
        }

        Put("set/made/00000/img00000000.png", TestArchive.Png(3));
        Put("set/made/dataset.json", TestArchive.Json("""{"labels": null, "created_with": {"source": "other"}}"""));
        Put("set/run/fakes000000.png", TestArchive.Png(4, 64, 64));
        Put("set/run/options.json", [1]);
        Put("set/run/log.txt", [1]);
        Put("set/theirs/reals.png", TestArchive.Png(5, 64, 32));
        Put("set/theirs/training_options.json", [1]);
        using ImageDataset again = ImageDataset.Open(folder["set"]);
        Assert.Equal(["a.png", "sub/b.png"], again.FileNames);
        Assert.Equal(before, again.Fingerprint());
        Assert.Contains("6 images in hidden or system folders", again.Remarks[0]);
        Assert.Equal(["made", "run", "theirs"], again.Remarks.Skip(1).Select(r => r[..r.IndexOf(' ')]));

        File.Delete(folder["set/a.png"]);
        File.Delete(folder["set/sub/b.png"]);
        using ImageDataset results = ImageDataset.Open(folder["set"]);   // Now the data set is all there is.
        Assert.Equal(["made/00000/img00000000.png"], results.FileNames);
    }

    [Fact]
    public void Only_hidden_pictures_are_none()
    {
        string path = TestArchive.Write(
            folder["hidden.zip"], [("__MACOSX/._a.png", TestArchive.Png(0)), (".b.png", TestArchive.Png(1))]);
        Assert.Contains("system folders (2) are left out", Assert.Throws<DatasetException>(
            () => ImageDataset.Open(path)).Message);
    }

    [Fact]
    public void Mixed_sizes_and_channels_are_one_sentence_with_the_way_out()
    {
        string sizes = TestArchive.Write(
            folder["sizes.zip"], [("0.png", TestArchive.Png(0)), ("1.png", TestArchive.Png(1, 16, 8))]);
        DatasetException refused = Assert.Throws<DatasetException>(() => ImageDataset.Open(sizes));
        Assert.Contains("0.png (8x8, 3 channels) and 1.png (16x8, 3 channels)", refused.Message);
        Assert.Equal(new CreationAdvice(sizes) { ChoosesResolution = true }, refused.Advice);
        string channels = TestArchive.Write(
            folder["channels.zip"], [("0.png", TestArchive.Png(0)), ("1.png", TestArchive.Png(1, channels: 1))]);
        Assert.Contains("(8x8, 1 channel)", Assert.Throws<DatasetException>(() => ImageDataset.Open(channels)).Message);
    }

    [Fact]
    public void A_picture_that_is_none_is_named_on_opening()
    {
        string path = TestArchive.Write(folder["bad.zip"], [("0.png", TestArchive.Png(0)), ("1.png", [1, 2, 3]), ("2.jpg", [])]);
        DatasetException refused = Assert.Throws<DatasetException>(() => ImageDataset.Open(path));
        Assert.Contains("1.png is not a PNG, JPEG, WebP, GIF or TIFF image", refused.Message);
        Assert.Contains("(and 1 more)", refused.Message);
        Assert.Equal(new CreationAdvice(path) { LeavesOutDamage = true }, refused.Advice);
    }

    [Fact]
    public void A_truncated_picture_is_named_when_it_is_read()
    {
        byte[] file = TestArchive.Png(0, compression: 6);
        string path = TestArchive.Write(folder["cut.zip"], [("0.png", file[..^40])]);
        using ImageDataset dataset = ImageDataset.Open(path);
        string message = Assert.Throws<DatasetException>(() => dataset.Read(0, new byte[dataset.ImageBytes])).Message;
        Assert.Contains("0.png is a damaged or truncated PNG image", message);
    }

    [Fact]
    public void A_declared_size_beyond_reason_is_refused()
    {
        byte[] file = TestArchive.Png(0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), int.MaxValue);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), int.MaxValue);
        string path = TestArchive.Write(folder["huge.zip"], [("0.png", file)]);
        Assert.Contains("more than the limit", Assert.Throws<DatasetException>(() => ImageDataset.Open(path)).Message);
    }

    [Fact]
    public void Nothing_to_read_is_said()
    {
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllText(folder["text.zip"], "not a zip");
        Assert.Contains("has no images", Assert.Throws<DatasetException>(() => ImageDataset.Open(folder["empty"])).Message);
        Assert.Contains("is not a zip archive", Assert.Throws<DatasetException>(
            () => ImageDataset.Open(folder["text.zip"])).Message);
        Assert.Contains("does not exist", Assert.Throws<DatasetException>(() => ImageDataset.Open(folder["none.zip"])).Message);
    }

    private static byte[] MinimalPngPalette() =>
        Images.MinimalPng.Write(8, 8, 8, 3, [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 2))], [10, 20, 30, 200, 100, 50]);

    private string Labelled(string json) => TestArchive.Write(
        folder["labelled.zip"],
        [("0.png", TestArchive.Png(0)), ("1.png", TestArchive.Png(1)), ("dataset.json", TestArchive.Json(json))]);
}
