using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using StyleGanSharp.Networks.Checkpoints.Rosinality;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// Writes StyleGAN2 generators in the layout of the field's widespread ".pt" files: g_ema and latent_avg, a torch zip container.
/// </summary>
public static class RosinalityFile
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why a generator cannot be written in this layout; null: it can.</summary>
    public static string? Obstacle(IGenerator generator) =>
        generator is not Generator { Options: var options } ? "only StyleGAN2 generators have this layout"
        : options.Architecture != StyleGan2.Architecture.Skip ? "the layout knows the skip architecture only"
        : options.ImageChannels != 3 ? "the layout knows 3 colour channels only"
        : options.CDim > 0 ? "the layout knows no labels"
        : !options.UseNoise ? "the layout needs noise inputs"
        : (options.FirstWidth ?? 4, options.FirstHeight ?? 4) != (4, 4) ? "the layout holds square images that grow from 4x4"
        : options.Resolution < 8 ? "the layout begins with 8x8 images"
        : options.Activation != Ops.Bias.Activation.LeakyRelu || options.Mapping.Activation != Ops.Bias.Activation.LeakyRelu
        ? "the layout knows the leaky ReLU only"
        : !options.ResampleFilter.SequenceEqual(Layers.FilterTaps.Default) ? "the layout knows the filter 1, 3, 3, 1 only"
        : options.Mapping.LrMultiplier != 0.01 ? "the layout's mapping network has the learning-rate multiplier 0.01"
        : options.Mapping.WAvgBeta is null ? "the generator keeps no average of w"
        : null;

    /// <summary>What a file in this layout will lack of a generator that can be written, one sentence; null: nothing.</summary>
    public static string? Loss(IGenerator generator) => generator is Generator { Options.ConvClamp: double clamp }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The layout cannot hold the limit of the activations ({clamp}), so images differ wherever an "
                + $"activation would exceed it.")
        : null;

    /// <summary>With which constructor arguments the widespread programs load a file in this layout, one sentence.</summary>
    /// <param name="generator">A generator without <see cref="Obstacle"/>.</param>
    public static string Constructor(IGenerator generator)
    {
        GeneratorOptions options = ((Generator)generator).Options;

        // Their table: 512 feature maps up to 32x32, then 256 times a multiplier at 64x64, halved with every doubling.
        const int Most = 512, FirstHalved = 64;
        int[] resolutions = [.. ChannelRule.Resolutions(options.Resolution)];
        int Channels(int r) => options.Channels.At(r);
        int multiplier = options.Resolution < FirstHalved
            ? 2 : Math.Max(1, Channels(options.Resolution) * options.Resolution / (256 * FirstHalved));
        bool fits = resolutions.All(r => Channels(r) == (r < FirstHalved ? Most : 256 * FirstHalved / r * multiplier));
        bool isNarrow = options.ZDim == options.WDim && (options.Mapping.LayerFeatures ?? options.WDim) == options.WDim;
        string values = FormattableString.Invariant(
            $"size={options.Resolution}, style_dim={options.WDim}, n_mlp={options.Mapping.NumLayers}");
        return !isNarrow
            ? $"Programs of this layout build one size of z, w and mapping layers; "
                + $"this generator has z {options.ZDim} and w {options.WDim}, so they need a changed constructor ({values})."
            : fits ? $"Programs of this layout load it with {values}, channel_multiplier={multiplier}."
            : $"Programs of this layout need {values} and a changed table of channels: "
                + $"{string.Join(", ", resolutions.Select(r => $"{r}: {Channels(r)}"))}.";
    }

    /// <summary>Writes a generator. Equal generators give equal bytes. What is lost is told by <see cref="Loss"/>.</summary>
    /// <param name="stream">Target, can seek.</param>
    /// <param name="generator">A generator without <see cref="Obstacle"/>.</param>
    /// <exception cref="ArgumentException">The layout cannot hold this generator.</exception>
    public static void Write(Stream stream, IGenerator generator)
    {
        if (Obstacle(generator) is string obstacle)
        {
            throw new ArgumentException(obstacle, nameof(generator));
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var own = (Generator)generator;
        var tensors = own.NamedTensors().ToDictionary(t => t.Name, t => t.Value.Detach().To(Device.Cpu));
        List<Tensor> storages = [];
        var pickle = new TorchPickleWriter();
        void Add(string name, Tensor value)
        {
            pickle.Text(name);
            pickle.Tensor($"{storages.Count}", value.Shape.ToArray());
            storages.Add(value);
        }

        pickle.BeginDictionary();
        pickle.Text("g_ema");
        pickle.BeginDictionary();
        foreach ((string here, string there) in RosinalityNames.Of(own.Options.Resolution, own.Options.Mapping.NumLayers))
        {
            Add(there, tensors[here].Reshape(ShapeThere(there, tensors[here])));
        }

        Tensor filter = tensors["synthesis.b8.conv0.resample_filter"] * 4;
        foreach (string name in RosinalityNames.Filters(own.Options.Resolution))
        {
            Add(name, filter);
        }

        pickle.EndDictionary();
        Add("latent_avg", tensors["mapping.w_avg"]);
        pickle.EndDictionary();
        WriteContainer(stream, pickle.ToArray(), storages);
    }

    private static long[] ShapeThere(string name, Tensor value) =>
        name.EndsWith("conv.weight", StringComparison.Ordinal) || name == "input.input" ? [1, .. value.Shape]
        : name.StartsWith("noises.", StringComparison.Ordinal) ? [1, 1, .. value.Shape]
        : name.EndsWith("noise.weight", StringComparison.Ordinal) ? [1]
        : name.StartsWith("to_rgb", StringComparison.Ordinal) && !name.Contains("modulation", StringComparison.Ordinal)
        ? [1, value.Count, 1, 1]
        : [.. value.Shape];

    private static void WriteContainer(Stream stream, byte[] pickle, List<Tensor> storages)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WritePart(zip, "data.pkl", pickle);
        for (int i = 0; i < storages.Count; i++)
        {
            WritePart(zip, $"data/{i}", MemoryMarshal.AsBytes<float>(storages[i].ToArray<float>()));
        }

        WritePart(zip, "version", Encoding.ASCII.GetBytes("3\n"));
    }

    private static void WritePart(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using Stream target = entry.Open();
        target.Write(bytes);
    }
}
