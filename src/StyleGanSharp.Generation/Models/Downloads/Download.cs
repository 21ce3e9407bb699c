using System.Net;
using System.Net.Http.Headers;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Generation.Text;

namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>
/// Brings one network from the web: written aside, continued after an interruption (now, or by the next call), checked for its
/// size and for being what it should be, and renamed at the end.
/// </summary>
/// <param name="address">Where from.</param>
/// <param name="target">The file it becomes, in an existing folder.</param>
/// <param name="report">Told what happens.</param>
internal sealed class Download(Uri address, string target, IModelReport report)
{
    private const int FruitlessAttempts = 3;
    private const int BufferBytes = 1 << 17;
    private const int Megabyte = 1_000_000;

    private static readonly TimeSpan TurnInterval = TimeSpan.FromMilliseconds(200);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "StyleGanSharp" } },
    };

    /// <summary>How long the server may be silent.</summary>
    internal TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a server that gave nothing is left alone, and longer each time.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What the file should be.</summary>
    internal DownloadKind Kind { get; init; } = DownloadKind.Network;

    private string Shown =>
        SafeText.Of(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped));

    /// <summary>The file of an address in the cache; downloads it where it is not there yet.</summary>
    /// <param name="address">Where from.</param>
    /// <param name="path">The file it is or becomes; its folder is made.</param>
    /// <param name="kind">What it should be.</param>
    /// <param name="report">Told what happens.</param>
    /// <param name="cancel">Ends the download; what has arrived is kept and continued by the next call.</param>
    /// <returns><paramref name="path"/>.</returns>
    /// <exception cref="GenerationException">It cannot be had, or the cache cannot be written.</exception>
    internal static string Once(Uri address, string path, DownloadKind kind, IModelReport report, CancellationToken cancel)
    {
        try
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                new Download(address, path, report) { Kind = kind }.Run(cancel);
            }

            return path;
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new GenerationException(FileFault.DescribeWrite(e, path), e);
        }
    }

    /// <exception cref="GenerationException">It cannot be had; what has arrived is kept where it can be continued.</exception>
    internal void Run(CancellationToken cancel)
    {
        using PartialFile? part = WaitForTurn(cancel);
        if (part is null)
        {
            return;
        }

        bool reached = false;
        for (int fruitless = 0; ;)
        {
            long before = part.Length;
            try
            {
                Attempt(part, cancel);
                break;
            }
            catch (Interruption e)
            {
                fruitless = part.Length > before ? 0 : fruitless + 1;
                reached |= !e.IsUnreachable;
                if (fruitless >= FruitlessAttempts || !reached)
                {
                    string kept = part.Length > 0 && part.Version is not null
                        ? $"{ByteSize.Show(part.Length)} have arrived and the same command continues, or " : "";
                    throw new GenerationException(
                        $"{Shown} could not be downloaded: {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}; {kept}"
                            + $"download the {Kind.Noun} elsewhere and name its file.");
                }

                report.Say($"{e.Message}; trying again.");
                cancel.WaitHandle.WaitOne(Pause * fruitless);
                cancel.ThrowIfCancellationRequested();
            }
        }

        if (part.Read(Kind.Other) is { } other)
        {
            part.Discard();
            throw Refused($"holds {other} instead of a {Kind.Noun}");
        }

        part.Finish(target);
    }

    // Another program may be downloading the same network; null: it has finished, and the file is there.
    private PartialFile? WaitForTurn(CancellationToken cancel)
    {
        for (bool said = false; ; said = true)
        {
            PartialFile? part = PartialFile.TryOpen(target);
            if (part is not null && !File.Exists(target))
            {
                return part;
            }

            part?.Dispose();
            if (File.Exists(target))
            {
                return null;
            }

            if (!said)
            {
                report.Say($"Another program is downloading {Path.GetFileName(target)}; waiting for it.");
            }

            cancel.WaitHandle.WaitOne(TurnInterval);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private void Attempt(PartialFile part, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (part.Length > 0 && part.Version is RangeConditionHeaderValue version)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.IfRange = version;
        }

        using HttpResponseMessage response = Waiting(
            token => Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancel);
        long? total = Begin(part, response);
        using Stream body = Waiting(response.Content.ReadAsStreamAsync, cancel);
        long start = part.Length;
        string task = $"Downloading {Path.GetFileName(target)}";
        void Moved() => report.Progress(
            new WorkProgress(task, "MB", (part.Length - start) / Megabyte, (total - start + Megabyte - 1) / Megabyte));
        Moved();
        Copy(body, part, Moved, cancel);
        if (total is long size && part.Length != size)
        {
            throw part.Length < size
                ? new Interruption("The connection was cut off") : Discard(part, $"sent more than the {size} bytes it announced");
        }
    }

    // Judges the answer; returns the size of the whole file where it is known.
    private long? Begin(PartialFile part, HttpResponseMessage response)
    {
        HttpContentHeaders content = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when content.ContentType?.MediaType is "text/html" or "application/xhtml+xml":
                throw Refused("answers with a web page instead of a file");
            case HttpStatusCode.OK:
                part.Restart(VersionOf(response));
                return content.ContentLength;
            case HttpStatusCode.PartialContent when content.ContentRange?.From == part.Length:
                return content.ContentRange.Length;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Restart(null);
                throw new Interruption("The server has another version of the file");
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw Refused("does not exist there (any more)");
            case HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                throw new Interruption(
                    $"The server answers {(int)response.StatusCode} {SafeText.Of(response.ReasonPhrase ?? "")}".TrimEnd());
            default:
                throw Refused($"is refused with {(int)response.StatusCode} {SafeText.Of(response.ReasonPhrase ?? "")}".TrimEnd());
        }
    }

    private static RangeConditionHeaderValue? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is DateTimeOffset date ? new RangeConditionHeaderValue(date)
        : null;

    private void Copy(Stream body, PartialFile part, Action moved, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        while (Waiting(token => body.ReadAsync(buffer, token).AsTask(), cancel) is int count and > 0)
        {
            part.Append(buffer.AsSpan(0, count));
            moved();
        }
    }

    // Everything that may fail on the way to the server becomes an interruption; files fail elsewhere.
    private T Waiting<T>(Func<CancellationToken, Task<T>> start, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Silence);
        try
        {
            return start(limit.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Interruption("The server does not answer");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw e.GetBaseException() is HttpIOException
                ? new Interruption("The connection was cut off")
                : new Interruption(
                    $"There is no connection ({SafeText.Of(e.GetBaseException().Message).TrimEnd('.')})",
                    isUnreachable: e is HttpRequestException);
        }
    }

    private GenerationException Discard(PartialFile part, string problem)
    {
        part.Discard();
        return Refused(problem);
    }

    private GenerationException Refused(string problem) =>
        new($"{Shown} {problem}: download the {Kind.Noun} elsewhere and name its file.");
}
