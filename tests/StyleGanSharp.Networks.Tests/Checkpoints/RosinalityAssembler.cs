using System.IO.Compression;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>
/// Writes ".pt" files of a small StyleGAN2 generator by hand, in both containers of torch.save, with anything in them.
/// </summary>
internal sealed class RosinalityAssembler
{
    private const int Channels = 4;

    /// <summary>The sizes of the generator's tensors by name: 8x8 images, four feature maps, one mapping layer.</summary>
    public OrderedDictionary<string, int[]> Tensors { get; } = new()
    {
        ["style.1.weight"] = [Channels, Channels],
        ["style.1.bias"] = [Channels],
        ["input.input"] = [1, Channels, 4, 4],
    };

    /// <summary>Under which key the generator lies; null: the file is the generator.</summary>
    public string? Key { get; set; } = "g_ema";

    /// <summary>The sizes of the average of w; null: there is none.</summary>
    public int[]? Average { get; set; } = [Channels];

    /// <summary>Writes further entries at the top.</summary>
    public Action<PickleAssembler>? More { get; set; }

    /// <summary>The class of the numbers.</summary>
    public string Storage { get; set; } = "FloatStorage";

    /// <summary>Whether the file is a zip archive.</summary>
    public bool IsZip { get; set; } = true;

    public RosinalityAssembler()
    {
        Layer("conv1", 0, 4);
        Colours("to_rgb1");
        Layer("convs.0", 1, 8);
        Layer("convs.1", 2, 8);
        Colours("to_rgbs.0");
    }

    public byte[] Bytes()
    {
        var pickle = new PickleAssembler().Raw("}(");
        int count = Tensors.Values.Append(Average ?? []).Max(shape => shape.Aggregate(1, (product, size) => product * size));
        if (Key is not null)
        {
            pickle.Text(Key).Raw("}(");
        }

        foreach ((string name, int[] shape) in Tensors)
        {
            Tensor(pickle.Text(name), count, shape);
        }

        if (Key is not null)
        {
            pickle.Raw("u");
        }

        if (Average is not null)
        {
            Tensor(pickle.Text("latent_avg"), count, Average);
        }

        More?.Invoke(pickle);
        return Container(pickle.Raw("u"), count);
    }

    /// <summary>Pushes a tensor that looks at the first numbers of the only storage.</summary>
    public void Tensor(PickleAssembler pickle, int count, params int[] shape)
    {
        var strides = new int[shape.Length];
        for (int i = shape.Length - 1, step = 1; i >= 0; step *= shape[i], i--)
        {
            strides[i] = step;
        }

        pickle.Global("torch._utils", "_rebuild_tensor_v2").Raw("(");
        Id(pickle, count).Int(0).Ints(shape).Ints(strides).Raw(0x89).Raw("NtR");
    }

    /// <summary>Wraps any pickle in the container, over one storage of that many numbers.</summary>
    public byte[] Container(PickleAssembler pickle, int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(i => 0.01f * (i % 13))];
        if (!IsZip)
        {
            return PickleAssembler.TorchStream(pickle, numbers);
        }

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            Add(zip, "archive/data.pkl", [0x80, 2, .. pickle.Stop()]);
            Add(zip, "archive/data/0", [.. numbers.SelectMany(BitConverter.GetBytes)]);
        }

        return stream.ToArray();
    }

    private PickleAssembler Id(PickleAssembler pickle, int count) =>
        pickle.Raw("(").Text("storage").Global("torch", Storage).Text("0").Text("cpu").Int(count).Raw(IsZip ? "tQ" : "NtQ");

    private void Layer(string name, int noise, int resolution)
    {
        Modulated(name, Channels, 3);
        Tensors[$"{name}.noise.weight"] = [1];
        Tensors[$"{name}.activate.bias"] = [Channels];
        Tensors[$"noises.noise_{noise}"] = [1, 1, resolution, resolution];
    }

    private void Colours(string name)
    {
        Modulated(name, 3, 1);
        Tensors[$"{name}.bias"] = [1, 3, 1, 1];
    }

    private void Modulated(string name, int outputs, int kernel)
    {
        Tensors[$"{name}.conv.weight"] = [1, outputs, Channels, kernel, kernel];
        Tensors[$"{name}.conv.modulation.weight"] = [Channels, Channels];
        Tensors[$"{name}.conv.modulation.bias"] = [Channels];
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
