using System.Text.Json;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Distributed;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Distributed;

/// <summary>
/// The processes that train together. Whatever they do together ends with a <see cref="RunException"/> in all of them when one of
/// them is gone, hangs, or fails; it names that one.
/// </summary>
public sealed class World : IReducer, IDisposable
{
    // Only a safeguard: the watch ends what takes too long, and a metric of process 0 may take hours.
    private static readonly TimeSpan GroupTimeout = TimeSpan.FromHours(24);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly WorldOptions options;
    private readonly Store connection;
    private readonly Store watched;
    private readonly Store store;
    private readonly Watch watch;
    private readonly string address;
    private ProcessGroup? group;
    private Device device;

    private World(WorldOptions options, Store connection, Store watched, IReadOnlyList<Member> members, string address,
        Action<string> giveUp)
    {
        (this.options, this.connection, this.watched, Members, this.address) = (options, connection, watched, members, address);
        store = connection.WithPrefix(Prefix(options));
        watch = new Watch(watched.WithPrefix(Prefix(options)), options, members, giveUp);
    }

    /// <inheritdoc/>
    public int Rank => options.Rank;

    /// <inheritdoc/>
    public int Size => options.Size;

    /// <inheritdoc/>
    public int LocalSize => options.LocalSize;

    /// <summary>All processes.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>What exchanges have cost so far, as a line for the log.</summary>
    public string Summary => watch.Pulse.Summary;

    /// <summary>Meets the other processes; from here on each learns when another one fails.</summary>
    /// <param name="options">The place of this process.</param>
    /// <param name="giveUp">Ends this process with a message, for when it cannot end by itself.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="RunException">A process is missing, or was started with other numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static World Join(WorldOptions options, Action<string> giveUp, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(giveUp);
        Require(GroupBackend.Gloo, storeOnly: true);
        var meeting = new Meeting(options, cancel);
        Store connection = meeting.Open();
        Store? watched = null;
        try
        {
            using Store view = connection.WithPrefix(Prefix(options));
            (IReadOnlyList<Member> members, string address) = meeting.Join(view);
            watched = meeting.OpenAnother();
            return new World(options, connection, watched, members, address, giveUp);
        }
        catch (TorchException e)
        {
            watched?.Dispose();
            connection.Dispose();
            throw new RunException(
                $"The connection to rank 0 at {options.Address}:{options.Port} broke while the processes met: "
                    + $"{e.Message.Split('\n')[0].TrimEnd('.')}; look at rank 0's messages.", e);
        }
        catch
        {
            watched?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that all processes train the same, and prepares exchanges.</summary>
    /// <param name="own">What this process trains.</param>
    /// <param name="place">Where it computes.</param>
    /// <exception cref="RunException">
    /// They disagree, and the sentence says who and in what; or the backend is missing.
    /// </exception>
    public void Agree(Agreement own, Device place)
    {
        ArgumentNullException.ThrowIfNull(own);
        device = place;
        GroupBackend backend = GroupBackends.For(place);
        Require(backend);
        store.Set($"agreement/{Rank}", JsonSerializer.Serialize(own, DistributedJson.Default.Agreement));
        Agreement first = Await(0);
        foreach (Member member in Members.Skip(1))
        {
            if (Disagreement(first, Await(member.Rank)) is string what)
            {
                throw new RunException($"{char.ToUpperInvariant(member.ToString()[0])}{member.ToString()[1..]} {what}.");
            }
        }

        try
        {
            group = new ProcessGroup(store.WithPrefix("group/"), new ProcessGroupOptions
            {
                Backend = backend,
                Rank = Rank,
                Size = Size,
                Timeout = GroupTimeout,
                Interfaces = options.Interfaces,
                Host = address,
            });
        }
        catch (TorchException e)
        {
            throw Over(watch.Verdict
                ?? $"{backend} cannot connect the processes: {e.Message.Split('\n')[0].TrimEnd('.')} (own address: "
                    + $"{options.Interfaces ?? address}; GLOO_SOCKET_IFNAME names another interface)");
        }
    }

    /// <summary>Tells the others that this process fails.</summary>
    public void Fail(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (watch.Verdict is null)
        {
            watch.Tell(reason);
        }
    }

    /// <inheritdoc/>
    public Tensor?[]? Average(IReadOnlyList<Tensor> parameters, Tensor?[]? gradients, Averages averages)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(averages);
        double[] here =
        [
            gradients is null ? 1 : 0,
            .. Enumerable.Range(0, parameters.Count).Select(i => gradients?[i] is null ? 0.0 : 1.0),
            .. Enumerable.Range(0, averages.Count).Select(i => averages.HasMoved(i) ? 1.0 : 0.0),
        ];
        double[] everywhere = Sum(here);
        if (everywhere[0] > 0)
        {
            return null;
        }

        int[] present = [.. Enumerable.Range(0, parameters.Count).Where(i => everywhere[1 + i] > 0)];
        int[] moved = [.. Enumerable.Range(0, averages.Count).Where(i => everywhere[1 + parameters.Count + i] > 0)];
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor[] parts =
        [
            .. present.Select(i => (gradients![i] ?? parameters[i].Detach().ZerosLike()).Reshape(-1)),
            .. moved.Select(i => averages[i].Detach().To(device).Reshape(-1)),
        ];
        if (parts.Length == 0)
        {
            return gradients;
        }

        Tensor bucket = Tensor.Cat(parts);
        AllReduce(bucket);
        bucket.MulInPlace(1.0 / Size);

        long at = 0;
        Tensor Next(Tensor like)
        {
            long begin = at;
            at += like.Count;
            return bucket.Slice(0, begin, at).Reshape(like.Shape);
        }

        var result = new Tensor?[parameters.Count];
        foreach (int i in present)
        {
            result[i] = scope.Keep(Next(parameters[i]));
        }

        foreach (int i in moved)
        {
            averages[i].CopyInPlace(Next(averages[i]));
        }

        return result;
    }

    /// <inheritdoc/>
    public double[] Sum(params ReadOnlySpan<double> values)
    {
        using var scope = new TensorScope();
        Tensor tensor = Tensor.From(values, [values.Length]).To(device);
        AllReduce(tensor);
        return tensor.ToArray<double>();
    }

    /// <inheritdoc/>
    public void Broadcast(IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using GradMode mode = GradMode.Off();
        foreach (Tensor tensor in tensors)
        {
            using var scope = new TensorScope();
            Tensor plain = tensor.Detach().To(device).Contiguous();
            Explained(() => Ready().Broadcast(plain, 0, watch.Failed));
            tensor.CopyInPlace(plain);
        }
    }

    /// <inheritdoc/>
    public string Broadcast(string name, Func<string> text)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(text);
        if (Rank != 0)
        {
            return AwaitText($"text/{name}");
        }

        string own = text();
        store.Set($"text/{name}", own);
        return own;
    }

    /// <inheritdoc/>
    public IDisposable Pause() => new Paused(watch.Pulse);

    /// <summary>Leaves the others; process 0 waits for them.</summary>
    public void Dispose()
    {
        watch.Dispose();
        group?.Dispose();
        store.Dispose();
        watched.Dispose();
        connection.Dispose();
    }

    private static string Prefix(WorldOptions options) => $"stylegan/{options.Attempt}/";

    private static void Require(GroupBackend backend, bool storeOnly = false)
    {
        try
        {
            if (!storeOnly || !GroupBackends.HasStore)
            {
                backend.Require();
            }
        }
        catch (TorchException e)
        {
            throw new RunException(e.Message, e);
        }
    }

    private static string? Disagreement(Agreement first, Agreement other)
    {
        string[] options = [
            .. StateFile.Differences(
                first.Options, other.Options, (key, before, now) => $"{key} is {now}, rank 0's is {before}")];
        return options.Length > 0
            ? $"runs with other options than rank 0 ({string.Join("; ", options)}): start all processes with the same command"
            : first.Data != other.Data
            ? "reads another data set than rank 0: the path must lead to the same images and labels for all processes"
            : first.Device != other.Device
            ? $"computes on {other.Device}, rank 0 on {first.Device}: choose one device for all processes"
            : first.Library != other.Library
            ? $"runs with libtorch {other.Library}, rank 0 with {first.Library}: install the same one everywhere"
            : null;
    }

    private Agreement Await(int rank) =>
        JsonSerializer.Deserialize(AwaitText($"agreement/{rank}"), DistributedJson.Default.Agreement)!;

    private string AwaitText(string key)
    {
        while (true)
        {
            try
            {
                if (store.Get(key) is string text)
                {
                    return text;
                }
            }
            catch (TorchException)
            {
                throw Over(watch.Explain() ?? "The connection to rank 0 broke");
            }

            if (watch.Failed.WaitHandle.WaitOne(Pace))
            {
                throw Over(watch.Verdict!);
            }
        }
    }

    private void AllReduce(Tensor tensor) =>
        Explained(() => watch.Pulse.Exchange(tensor.Count * tensor.DType.Size(), () => Ready().AllReduce(tensor, watch.Failed)));

    private ProcessGroup Ready() => group ?? throw new InvalidOperationException("The processes have not agreed yet.");

    private void Explained(Action exchange)
    {
        try
        {
            exchange();
        }
        catch (OperationCanceledException)
        {
            throw Over(watch.Verdict!);
        }
        catch (TorchException e)
        {
            throw Over(watch.Explain() ?? $"An exchange between the processes failed: {e.Message.Split('\n')[0].TrimEnd('.')}");
        }
    }

    private static RunException Over(string verdict) =>
        new($"{verdict}; the run ends. Its last saved state is kept: repeat the command to continue from there.")
        {
            WhileRunning =
            true
        };

    private sealed class Paused : IDisposable
    {
        private Pulse? pulse;

        internal Paused(Pulse pulse)
        {
            this.pulse = pulse;
            pulse.Pause(1);
        }

        public void Dispose()
        {
            pulse?.Pause(-1);
            pulse = null;
        }
    }
}
