using System.Formats.Tar;
using System.IO.Compression;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

public sealed class CifarTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Planes_and_labels_become_pictures_with_classes()
    {
        Make(folder["cifar.tar.gz"], ("x/batches.meta", [1, 2]), ("x/data_batch_1", Batch(10, [3, 9])), (
            "x/data_batch_2", Batch(90, [0, 1])), ("x/test_batch", Batch(1, [5, 5])));
        DatasetCreator.Create(
            folder["cifar.tar.gz"], folder["made.zip"], new DatasetCreationOptions(), null,
            TestContext.Current.CancellationToken);
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal((4, 32, 3, 10), (dataset.Count, dataset.Width, dataset.Channels, dataset.Labels.ClassNames!.Count));
        Assert.Equal([3, 9, 0, 1], Enumerable.Range(0, 4).Select(dataset.Labels.Class));
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(3, pixels);
        Assert.Equal(Pixels(90, 1), pixels);
    }

    [Fact]
    public void Other_archives_are_refused()
    {
        Make(folder["a.tar.gz"], ("data_batch_1", [(byte)'c', (byte)'o', (byte)'s', 10, (byte)'x', 10, (byte)'i', (byte)'.']));
        Assert.Contains("is not a batch of CIFAR-10", Refused("a.tar.gz"));
        Make(folder["b.tar.gz"], ("other", [1]));
        Assert.Contains("is not the CIFAR-10 archive", Refused("b.tar.gz"));
        File.WriteAllBytes(folder["c.tar.gz"], [1, 2, 3]);
        Assert.Contains("damaged or truncated", Refused("c.tar.gz"));
        byte[] batch = Batch(1, [1, 2]);
        for (int length = 0; length < batch.Length; length += 97)
        {
            Make(folder["d.tar.gz"], ("data_batch_1", batch[..length]));
            Refused("d.tar.gz");
        }
    }

    private string Refused(string name) => Assert.Throws<DatasetException>(() => DatasetCreator.Create(
        folder[name], folder["made.zip"], new DatasetCreationOptions(), null, TestContext.Current.CancellationToken)).Message;

    private static byte[] Pixels(int seed, int picture) =>
        [.. Enumerable.Range(0, 3072).Select(i => (byte)(seed + picture + (i / 7)))];

    // As Python 2 writes it (protocol 2): {'batch_label': ..., 'labels': [...], 'data': array(...)}.
    private static byte[] Batch(int seed, byte[] labels)
    {
        byte[] data = [.. Enumerable.Range(0, labels.Length).SelectMany(p => Pixels(seed, p))];
        return
        [
            0x80, 2, (byte)'}', (byte)'q', 1, (byte)'(',
            .. Text("batch_label"), .. Text("training batch 1 of 5"), (byte)'q', 2,
            .. Text("labels"), (byte)']', (byte)'q', 3, (byte)'(', .. labels.SelectMany(l => new byte[] { (byte)'K', l }), (
                byte)'e',
            .. Text("data"), (byte)'c', .. "numpy.core.multiarray\n_reconstruct\n"u8, (byte)'K', 0, 0x85, .. Text("b"), 0x87, (
                byte)'R',
            (byte)'(', (byte)'K', 1, (byte)'M', 16, 39, 0x86, 0x89, (byte)'T', .. BitConverter.GetBytes(data.Length), .. data, (
                byte)'t', (byte)'b',
            (byte)'u', (byte)'.',
        ];

        static byte[] Text(string text) => [(byte)'U', (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];
    }

    private static void Make(string path, params (string Name, byte[] Content)[] files)
    {
        using FileStream file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach ((string name, byte[] content) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }
}
