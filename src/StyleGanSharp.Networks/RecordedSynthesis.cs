using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks;

/// <summary>
/// The synthesis of one generator, recorded on a CUDA device as a graph from the third call of the same form on; until then, and
/// wherever it cannot be repeated (gradients, random or chosen noise, other devices), it is computed as usual.
/// <c>STYLEGAN_CUDA_GRAPHS=0</c> in the environment switches recording off.
/// </summary>
/// <remarks>
/// A recording reads parameters and buffers where they lie, so they may be written to, like the transform of an alias-free
/// network; but parameters have also been converted beforehand (<see cref="Ops.Convolutions.SixteenBitWeights"/>), and all can be
/// moved. So recordings are dropped when a parameter has been written to or anything lies elsewhere. Safe for several threads:
/// one at a time uses recordings, the others compute as usual.
/// </remarks>
internal sealed class RecordedSynthesis : IDisposable
{
    /// <summary>Most recordings at a time.</summary>
    internal const int MostRecordings = 4;

    /// <summary>
    /// Most pixels of the results of all recordings together: a recording keeps the memory of its temporaries, up to about 2 kB
    /// per pixel. Larger batches keep a device busy without.
    /// </summary>
    internal const long MostPixels = 1 << 22;

    // Programs that make one image must not pay for a recording; and kernels are loaded and algorithms chosen meanwhile.
    private const int CallsBefore = 2;

    private readonly Module network;
    private readonly ICudaGraphs graphs;
    private readonly Action<string> warn;
    private readonly long mostPixels;
    private readonly Lock taken = new();
    private readonly List<Entry> entries = []; // The one used last is the last one.
    private int weights;
    private bool failed;

    /// <summary>Records on the devices, unless the environment forbids it.</summary>
    /// <param name="network">Whose parameters and buffers the synthesis reads.</param>
    internal RecordedSynthesis(Module network)
        : this(network, CudaGraphs.Shared, message => CudaKernels.Warning?.Invoke(message)) =>
        failed = Environment.GetEnvironmentVariable(CudaGraphs.Variable) is "0" or "false";

    /// <summary>Records by other means.</summary>
    /// <param name="network">Whose parameters and buffers the synthesis reads.</param>
    /// <param name="graphs">What records.</param>
    /// <param name="warn">Takes the one line that says why nothing is recorded.</param>
    /// <param name="mostPixels">In place of <see cref="MostPixels"/>.</param>
    internal RecordedSynthesis(Module network, ICudaGraphs graphs, Action<string> warn, long mostPixels = MostPixels) =>
        (this.network, this.graphs, this.warn, this.mostPixels) = (network, graphs, warn, mostPixels);

    /// <summary>Whether it still tries to record.</summary>
    internal bool IsOn => !failed;

    /// <summary>Number of recordings kept.</summary>
    internal int Count => entries.Count(e => e.Function is not null);

    /// <summary>Makes images.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="mode">Everything else that the computation depends on.</param>
    /// <param name="synthesize">The ordinary way, for these ws or others of their shape.</param>
    /// <returns>A tensor of its own.</returns>
    internal Tensor Run(Tensor ws, NoiseInput noise, (Precision, DType?) mode, Func<Tensor, Tensor> synthesize)
    {
        if (failed || noise.Repeatable is not NoiseMode repeatable || GradMode.IsEnabled || !graphs.Accepts(ws.Device)
            || !taken.TryEnter())
        {
            return synthesize(ws);
        }

        try
        {
            return Replay(ws, new Form(Shape.Format(ws.Shape), ws.DType, ws.Device, repeatable, mode), synthesize);
        }
        catch (TorchException e) when (Count > 0)
        {
            // Recordings keep memory, which the ordinary way may need; what else is wrong with them is wrong the next time, too.
            GiveUp(e);
            return synthesize(ws);
        }
        finally
        {
            taken.Exit();
        }
    }

    /// <summary>Frees all recordings, when none of them is in use.</summary>
    internal void Release()
    {
        lock (taken)
        {
            Dispose();
        }
    }

    /// <summary>Frees all recordings.</summary>
    public void Dispose()
    {
        entries.ForEach(e => e.Function?.Dispose());
        entries.Clear();
    }

    private Tensor Replay(Tensor ws, Form form, Func<Tensor, Tensor> synthesize)
    {
        int now = Weights();
        if (now != weights)
        {
            Dispose();
            weights = now;
        }

        Entry entry = Find(form);
        if (entry.Function is null && (++entry.Calls <= CallsBefore || entry.Pixels > mostPixels))
        {
            Tensor image = synthesize(ws);
            entry.Pixels = image.Size(0) * image.Size(2) * image.Size(3);
            return image;
        }

        return (entry.Function ??= Record(ws, entry, synthesize))?.Call(ws) ?? synthesize(ws);
    }

    private RecordedFunction? Record(Tensor ws, Entry entry, Func<Tensor, Tensor> synthesize)
    {
        MakeRoom(entry);
        try
        {
            return RecordedFunction.Record(synthesize, ws, graphs);
        }
        catch (TorchException e)
        {
            GiveUp(e);
            return null;
        }
    }

    private void GiveUp(TorchException reason)
    {
        failed = true;
        Dispose();
        warn($"The synthesis is not recorded as a CUDA graph, but computed step by step (slower): "
            + $"{reason.Message.TrimEnd('.')}. {CudaGraphs.Variable}=0 does so from the start.");
    }

    private Entry Find(Form form)
    {
        Entry entry = entries.Find(e => e.Form == form) ?? new Entry(form);
        entries.Remove(entry);
        entries.Add(entry);
        while (entries.Count > MostRecordings)
        {
            Drop(entries[0]);
        }

        return entry;
    }

    private void MakeRoom(Entry wanted)
    {
        while (entries.Where(e => e.Function is not null).Sum(e => e.Pixels) + wanted.Pixels > mostPixels)
        {
            Drop(entries.First(e => e.Function is not null));
        }
    }

    private void Drop(Entry entry)
    {
        entry.Function?.Dispose();
        entries.Remove(entry);
    }

    private int Weights()
    {
        var hash = default(HashCode);
        foreach (NamedTensor parameter in network.NamedParameters())
        {
            hash.Add(parameter.Value.Version);
            hash.Add(parameter.Value.DataPointer);
        }

        foreach (NamedTensor buffer in network.NamedBuffers())
        {
            hash.Add(buffer.Value.DataPointer);
        }

        return hash.ToHashCode();
    }

    private sealed record Form(string Shape, DType DType, Device Device, NoiseMode Noise, (Precision, DType?) Mode);

    private sealed class Entry(Form form)
    {
        internal Form Form => form;

        internal int Calls { get; set; }

        internal long Pixels { get; set; }

        internal RecordedFunction? Function { get; set; }
    }
}
