using System.Globalization;
using StyleGanSharp.Networks.Ops.Convolutions;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>
/// Sizes, sampling rates and filters of one layer: everything that follows from the options. Frequencies and rates are per image
/// width. Source: Karras et al. (2021), section 3 and figure 4a: cutoff and stopband grow geometrically from layer to layer, and
/// the sampling rate is the power of two that holds them.
/// </summary>
public sealed record LayerGeometry
{
    private LayerGeometry()
    {
    }

    /// <summary>The layer's name in checkpoints: number, width and channels of its output.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the layer makes colours: no filters, no activation, no demodulation.</summary>
    public required bool IsToRgb { get; init; }

    /// <summary>Whether the output's cutoff is half its sampling rate.</summary>
    public required bool IsCriticallySampled { get; init; }

    /// <summary>Whether the reference computes the layer in half precision on a GPU. Recorded only.</summary>
    public required bool UseFp16 { get; init; }

    /// <summary>Input feature maps.</summary>
    public required int InChannels { get; init; }

    /// <summary>Output feature maps.</summary>
    public required int OutChannels { get; init; }

    /// <summary>Width and height of the input, margins included.</summary>
    public required int InSize { get; init; }

    /// <summary>Width and height of the output.</summary>
    public required int OutSize { get; init; }

    /// <summary>Sampling rate of the input.</summary>
    public required double InSamplingRate { get; init; }

    /// <summary>Sampling rate of the output.</summary>
    public required double OutSamplingRate { get; init; }

    /// <summary>Sampling rate at the activation.</summary>
    public required double TemporarySamplingRate { get; init; }

    /// <summary>Cutoff of the input.</summary>
    public required double InCutoff { get; init; }

    /// <summary>Cutoff of the output.</summary>
    public required double OutCutoff { get; init; }

    /// <summary>Half the width of the input's transition band.</summary>
    public required double InHalfWidth { get; init; }

    /// <summary>Half the width of the output's transition band.</summary>
    public required double OutHalfWidth { get; init; }

    /// <summary>Width of the convolution kernel.</summary>
    public required int KernelSize { get; init; }

    /// <summary>Upsampling factor before the activation.</summary>
    public required int UpFactor { get; init; }

    /// <summary>Taps of the upsampling filter; 1: none.</summary>
    public required int UpTaps { get; init; }

    /// <summary>Downsampling factor after the activation.</summary>
    public required int DownFactor { get; init; }

    /// <summary>Taps of the downsampling filter along each axis; 1: none.</summary>
    public required int DownTaps { get; init; }

    /// <summary>Whether the downsampling filter is rotationally symmetric.</summary>
    public required bool DownRadial { get; init; }

    /// <summary>Padding of the activation, in samples of the temporary rate; the convolution before it is a full one.</summary>
    public required Padding Padding { get; init; }

    /// <summary>The layers of a network, ToRGB last.</summary>
    /// <param name="options">Architecture.</param>
    /// <returns>NumLayers + 1 layers.</returns>
    /// <exception cref="ArgumentException">
    /// The options give a layer no samples, no channels or a factor that is not whole.
    /// </exception>
    public static IReadOnlyList<LayerGeometry> Of(GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bands = new Band[options.NumLayers + 1];
        for (int i = 0; i < bands.Length; i++)
        {
            bands[i] = Band.Of(options, i);
        }

        return [.. bands.Select((band, i) => Create(options, i, bands[Math.Max(i - 1, 0)], band))];
    }

    private static LayerGeometry Create(GeneratorOptions options, int index, Band from, Band to)
    {
        bool toRgb = index == options.NumLayers;
        bool critical = index >= options.NumLayers - options.NumCritical;
        int kernel = toRgb ? 1 : options.KernelSize;
        double rate = Math.Max(from.SamplingRate, to.SamplingRate) * (toRgb ? 1 : options.LreluUpsampling);
        int up = Whole(rate / from.SamplingRate), down = Whole(rate / to.SamplingRate);
        int upTaps = up > 1 && !toRgb ? checked(options.FilterSize * up) : 1;
        int downTaps = down > 1 && !toRgb ? checked(options.FilterSize * down) : 1;

        // What the filters need beyond the full convolution, so that input and output are centred on each other.
        int total = checked(((to.Size - 1) * down) + 1 - ((from.Size + kernel - 1) * up) + upTaps + downTaps - 2);
        int before = (total + up) >> 1, after = total - before;
        return new LayerGeometry
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"L{index}_{to.Size}_{to.Channels}"),
            IsToRgb = toRgb,
            IsCriticallySampled = critical,
            UseFp16 = to.SamplingRate * Math.Pow(2, options.NumFp16Res) > options.Resolution,
            InChannels = from.Channels,
            OutChannels = to.Channels,
            InSize = from.Size,
            OutSize = to.Size,
            InSamplingRate = from.SamplingRate,
            OutSamplingRate = to.SamplingRate,
            TemporarySamplingRate = rate,
            InCutoff = from.Cutoff,
            OutCutoff = to.Cutoff,
            InHalfWidth = from.HalfWidth,
            OutHalfWidth = to.HalfWidth,
            KernelSize = kernel,
            UpFactor = up,
            UpTaps = upTaps,
            DownFactor = down,
            DownTaps = downTaps,
            DownRadial = options.UseRadialFilters && !critical,
            Padding = new Padding(before, after, before, after),
        };
    }

    private static int Whole(double factor) => factor >= 1 && factor == Math.Floor(factor) && factor <= 1 << 16
        ? (int)factor
        : throw new ArgumentException($"A layer would be resampled by {factor}, which is not a whole factor.");

    // The signal between two layers.
    private readonly record struct Band(double Cutoff, double HalfWidth, double SamplingRate, int Size, int Channels)
    {
        internal static Band Of(GeneratorOptions options, int index)
        {
            double lastCutoff = options.Resolution / 2.0;
            double e = Math.Min((double)index / (options.NumLayers - options.NumCritical), 1);
            double cutoff = options.FirstCutoff * Math.Pow(lastCutoff / options.FirstCutoff, e);
            double stopband = options.FirstStopband * Math.Pow(lastCutoff * options.LastStopbandRel / options.FirstStopband, e);
            double rate = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Min(stopband * 2, options.Resolution))));
            bool atResolution = index >= options.NumLayers - 1;
            double size = atResolution ? options.Resolution : rate + (2.0 * options.MarginSize);
            double channels = index == options.NumLayers
                ? options.ImageChannels
                : Math.Round(Math.Min(options.ChannelBase / 2.0 / cutoff, options.ChannelMax), MidpointRounding.ToEven);
            return size >= 1 && size <= 1 << 16 && channels >= 1 && cutoff > 0 && cutoff <= rate && double.IsFinite(stopband)
                ? new Band(cutoff, Math.Max(stopband, rate / 2) - cutoff, rate, (int)size, (int)channels)
                : throw new ArgumentException(
                    $"Layer {index} would have {channels} channels of {size}x{size} samples and a cutoff of {cutoff} at a "
                        + $"sampling rate of {rate}.");
        }
    }
}
