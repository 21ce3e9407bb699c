using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Generation.Tests.Models;

/// <summary>The official detectors from a server on this machine, into a cache of the test's own.</summary>
public sealed class OfficialDetectorsTests : IDisposable
{
    private const string Version = "\"one\"";

    private static readonly byte[] Script = File.ReadAllBytes(DetectorFile.Path);

    private readonly TemporaryFolder folder = new();
    private readonly RecordedReport report = new();
    private readonly string? before = Environment.GetEnvironmentVariable("STYLEGAN_CACHE");

    public OfficialDetectorsTests() => Environment.SetEnvironmentVariable("STYLEGAN_CACHE", folder.Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("STYLEGAN_CACHE", before);
        folder.Dispose();
    }

    [Fact]
    public void A_detector_is_downloaded_once_and_found_afterwards()
    {
        using var server = TinyServer.Of(Script, Version);
        Assert.Null(OfficialDetectors.Cached(OfficialDetector.Inception));
        string path = Locate(server, OfficialDetector.Inception);
        Assert.Equal(Path.Combine(folder.Path, "detectors", "inception-2015-12-05.pt"), path);
        Assert.Equal(Script, File.ReadAllBytes(path));
        Assert.Contains("downloaded once", Assert.Single(report.Sentences));
        Assert.NotNull(report.Last);

        Assert.Equal(path, Locate(server, OfficialDetector.Inception));
        Assert.Equal(path, OfficialDetectors.Locate(OfficialDetector.Inception, report, TestContext.Current.CancellationToken));
        Assert.Equal(path, OfficialDetectors.Cached(OfficialDetector.Inception));
        Assert.Single(server.Requests);
        Assert.Single(report.Sentences);
    }

    [Fact]
    public void A_cut_off_download_is_continued()
    {
        using var server = TinyServer.Of(Script, Version, 1000, int.MaxValue);
        string path = Locate(server, OfficialDetector.Vgg16);
        Assert.EndsWith("vgg16.pt", path);
        Assert.Equal(Script, File.ReadAllBytes(path));
        Assert.Contains("Range: bytes=1000-", server.Requests[^1]);
    }

    public static TheoryData<byte[], string> Others => new()
    {
        { Encoding.ASCII.GetBytes("<html>Moved</html>"), "holds a web page instead of a detector" },
        { [0x80, 2, (byte)'}', (byte)'.'], "holds something else instead of a detector" },
        { Script[..^200], "holds a damaged archive instead of a detector" },
        { Zip("archive/data.pkl"), "holds an archive without TorchScript instead of a detector" },
        { [], "holds nothing instead of a detector" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_files_are_refused_and_not_kept(byte[] file, string problem)
    {
        using var server = TinyServer.Of(file, Version);
        var e = Assert.Throws<GenerationException>(() => Locate(server, OfficialDetector.Inception));
        Assert.Contains(problem, e.Message);
        Assert.Contains("download the detector elsewhere and name its file", e.Message);
        Assert.Empty(Directory.GetFiles(folder["detectors"]));
    }

    [Fact]
    public void Without_a_way_to_the_web_one_sentence_says_what_to_do()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/inception-2015-12-05.pt");
        listener.Stop();
        var e = Assert.Throws<GenerationException>(
            () => OfficialDetectors.Locate(OfficialDetector.Inception, address, report, TestContext.Current.CancellationToken));
        Assert.StartsWith(address.AbsoluteUri, e.Message);
        Assert.EndsWith("); download the detector elsewhere and name its file.", e.Message);
    }

    [Fact]
    public void Both_are_published_beside_each_other()
    {
        const string folder = "https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/";
        Assert.Equal($"{folder}inception-2015-12-05.pt", OfficialDetectors.Address(OfficialDetector.Inception).AbsoluteUri);
        Assert.Equal($"{folder}vgg16.pt", OfficialDetectors.Address(OfficialDetector.Vgg16).AbsoluteUri);
    }

    private static byte[] Zip(string entry)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = archive.CreateEntry(entry).Open();
            stream.WriteByte(1);
        }

        return memory.ToArray();
    }

    private string Locate(TinyServer server, OfficialDetector detector) =>
        OfficialDetectors.Locate(detector, server.Address("detector.pt"), report, TestContext.Current.CancellationToken);

    private sealed class RecordedReport : IModelReport
    {
        internal List<string> Sentences { get; } = [];

        internal WorkProgress? Last { get; private set; }

        public void Say(string sentence) => Sentences.Add(sentence);

        public void Progress(WorkProgress progress) => Last = progress;
    }
}
