using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StyleGanSharp.Testing;

/// <summary>
/// A web server on this machine that answers as a test wants: whole files, ranges, cut-off, slow or wrong answers.
/// </summary>
public sealed class TinyServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> answer;

    /// <param name="answer">Gets the head of each request and writes the whole answer.</param>
    public TinyServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = Task.Run(Serve);
    }

    public List<string> Requests { get; } = [];

    public Uri Address(string name) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{name}");

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
        end.Dispose();
    }

    /// <summary>Writes an answer with a head of status line and fields.</summary>
    public static async Task Write(NetworkStream stream, string head, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {head.ReplaceLineEndings("\r\n")}\r\nConnection: close\r\n\r\n"), cancel);
        await stream.WriteAsync(body, cancel);
    }

    /// <summary>
    /// A server of one file that knows ranges; each answer is cut off after so many bytes, the last number being repeated.
    /// </summary>
    public static TinyServer Of(byte[] file, string version, params int[] cuts)
    {
        int answers = 0;
        return new TinyServer(async (request, stream, cancel) =>
        {
            int cut = cuts.Length == 0 ? int.MaxValue : cuts[Math.Min(answers++, cuts.Length - 1)];
            string? range = request.Split("\r\n").FirstOrDefault(
                l => l.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
            bool same = request.Contains($"If-Range: {version}", StringComparison.OrdinalIgnoreCase);
            int start = range is not null && same ? int.Parse(range["Range: bytes=".Length..].TrimEnd('-')) : 0;
            string status = start > 0
                ? $"206 Partial Content\nContent-Range: bytes {start}-{file.Length - 1}/{file.Length}" : "200 OK";
            await Write(
                stream, $"{status}\nETag: {version}\nContent-Type: "
                    + $"application/octet-stream\nContent-Length: {file.Length - start}",
                file.AsMemory(start, Math.Min(cut, file.Length - start)), cancel);
        });
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                NetworkStream stream = client.GetStream();
                string request = await ReadHead(stream);
                lock (Requests)
                {
                    Requests.Add(request);
                }

                await answer(request, stream, end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task<string> ReadHead(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, end.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
