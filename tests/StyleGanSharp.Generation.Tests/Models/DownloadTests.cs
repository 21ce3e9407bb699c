using System.Net;
using System.Net.Sockets;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Generation.Tests.Models;

/// <summary>Downloads from a server on this machine: whole, continued, slow, broken, wrong.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Version = "\"one\"";

    private static readonly byte[] Network = [0x80, 2, .. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 7 / 3))];

    private readonly TemporaryFolder folder = new();
    private readonly RecordedReport report = new();

    public void Dispose()
    {
        folder.Dispose();
    }

    [Fact]
    public void A_whole_file_arrives()
    {
        using var server = TinyServer.Of(Network, Version);
        Fetch(server);
        AssertArrived();
        Assert.Single(server.Requests);
        Assert.Equal(("Downloading n.pkl", 3L, 4L), (report.Last!.Task, report.Last.Done, report.Last.Total));
    }

    [Fact]
    public void A_cut_off_file_is_continued()
    {
        using var server = TinyServer.Of(Network, Version, 1_000_000, 0, 500_000, int.MaxValue);
        Fetch(server);
        AssertArrived();
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains("Range: bytes=1500000-", server.Requests[^1]);
        Assert.Contains("trying again", report.Text);
    }

    [Fact]
    public void What_never_ends_is_given_up_and_continued_by_the_next_call()
    {
        using (var server = TinyServer.Of(Network, Version, 1_000_000, 0))
        {
            string sentence = Fail(server);
            Assert.Contains("cut off", sentence);
            Assert.Contains("the same command continues", sentence);
            Assert.Equal(4, server.Requests.Count);
        }

        Assert.Equal(["n.pkl.part", "n.pkl.part.version"], folder.Names);
        using var again = TinyServer.Of(Network, Version);
        Fetch(again);
        AssertArrived();
        Assert.Contains("Range: bytes=1000000-", Assert.Single(again.Requests));
    }

    [Fact]
    public void Another_version_starts_anew()
    {
        using (var server = TinyServer.Of(new byte[2_000_000], Version, 1_000_000, 0))
        {
            Fail(server);
        }

        using var again = TinyServer.Of(Network, "\"two\"");
        Fetch(again);
        AssertArrived();
    }

    [Fact]
    public void A_silent_server_is_left()
    {
        using var server = new TinyServer(async (_, stream, cancel) =>
        {
            await TinyServer.Write(stream, "200 OK\nContent-Length: 3000002", Network.AsMemory(0, 10), cancel);
            await Task.Delay(2000, cancel);
        });
        Assert.Contains("does not answer", Fail(server, TimeSpan.FromSeconds(0.2)));
    }

    [Fact]
    public void A_slow_server_is_waited_for()
    {
        using var server = new TinyServer(async (_, stream, cancel) =>
        {
            await TinyServer.Write(stream, $"200 OK\nContent-Length: {Network.Length}", Network.AsMemory(0, 10), cancel);
            for (int i = 10; i < Network.Length; i += 300_000)
            {
                await Task.Delay(50, cancel);
                await stream.WriteAsync(Network.AsMemory(i, Math.Min(300_000, Network.Length - i)), cancel);
            }
        });
        Fetch(server);
        AssertArrived();
    }

    [Fact]
    public void A_size_that_is_not_announced_is_accepted()
    {
        using var server = new TinyServer(
            (_, stream, cancel) => TinyServer.Write(stream, "200 OK\nContent-Type: application/octet-stream", Network, cancel));
        Fetch(server);
        AssertArrived();
    }

    [Theory]
    [InlineData("404 Not Found", "", "does not exist there")]
    [InlineData("403 Forbidden", "", "403 Forbidden")]
    [InlineData("407 Proxy Authentication Required", "", "407")]
    [InlineData("503 Service Unavailable", "", "503 Service Unavailable")]
    [InlineData("200 OK\nContent-Type: text/html; charset=utf-8", "<html>Too many users", "answers with a web page")]
    [InlineData("200 OK\nContent-Type: application/octet-stream", "<!DOCTYPE html>", "holds a web page")]
    [InlineData("200 OK\nContent-Type: application/octet-stream", "hello", "something else")]
    [InlineData("200 OK\nContent-Type: application/octet-stream", "", "holds nothing")]
    public void Wrong_answers_are_named_and_leave_nothing(string head, string body, string words)
    {
        using var server = new TinyServer((_, stream, cancel) =>
            TinyServer.Write(
                stream, $"{head}\nContent-Length: {body.Length}", System.Text.Encoding.ASCII.GetBytes(body), cancel));
        string sentence = Fail(server);
        Assert.Contains(words, sentence);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Nobody_there_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var e = Assert.Throws<GenerationException>(
            () => Run(new Uri($"http://127.0.0.1:{port}/n.pkl"), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.Contains("could not be downloaded: there is no connection (", e.Message);
        Assert.Empty(report.Text);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task A_second_download_waits_for_the_first()
    {
        using var server = TinyServer.Of(Network, Version);
        Task second;
        using (PartialFile.TryOpen(folder["n.pkl"]))
        {
            second = Task.Run(() => Fetch(server), TestContext.Current.CancellationToken);
            while (!report.Text.Contains("waiting", StringComparison.Ordinal))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            Assert.Empty(server.Requests);
            File.WriteAllBytes(folder["n.pkl"], Network);
        }

        await second;
        Assert.Empty(server.Requests);
        AssertArrived();
    }

    [Fact]
    public async Task A_cancelled_download_is_kept_aside()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new TinyServer(async (_, stream, end) =>
        {
            await TinyServer.Write(
                stream, $"200 OK\nETag: {Version}\nContent-Length: {Network.Length}", Network.AsMemory(0, 1000), end);
            await Task.Delay(10_000, end);
        });
        Task run = Task.Run(
            () => Run(server.Address("n.pkl"), TimeSpan.FromSeconds(30), cancel.Token), TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.DoesNotContain("n.pkl", folder.Names);
    }

    private void Fetch(TinyServer server) =>
        Run(server.Address("n.pkl"), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private string Fail(TinyServer server, TimeSpan? silence = null) =>
        Assert.Throws<GenerationException>(
            () => Run(server.Address("n.pkl"), silence
                ?? TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Message;

    private void Run(Uri address, TimeSpan silence, CancellationToken cancel) =>
        new Download(address, folder["n.pkl"], report) { Silence = silence, Pause = TimeSpan.Zero }.Run(cancel);

    private void AssertArrived()
    {
        Assert.Equal(["n.pkl"], folder.Names);
        Assert.True(Network.AsSpan().SequenceEqual(File.ReadAllBytes(folder["n.pkl"])));
    }

    private sealed class RecordedReport : IModelReport
    {
        private readonly System.Text.StringBuilder text = new();

        internal string Text
        {
            get
            {
                lock (text)
                {
                    return text.ToString();
                }
            }
        }

        internal WorkProgress? Last { get; private set; }

        public void Say(string sentence)
        {
            lock (text)
            {
                text.AppendLine(sentence);
            }
        }

        public void Progress(WorkProgress progress) => Last = progress;
    }
}
