using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Attributes;

/// <summary>
/// A small convolutional network that reads named attributes and landmarks from an image. Trained together with a generator's
/// data, it measures what the generator makes: the factors' distributions, the effect of an edit, the attribute a direction
/// changes. Differentiable in the image.
/// </summary>
public sealed class AttributeNetwork : Module
{
    private const int Halvings = 4;
    private const double Slope = 0.2;

    private readonly (Tensor Weight, Tensor Bias)[] convolutions;
    private readonly (Tensor Weight, Tensor Bias) hidden;
    private readonly (Tensor Weight, Tensor Bias) output;
    private readonly Tensor mean;
    private readonly Tensor deviation;
    private readonly Tensor? landmarkMean;
    private readonly Tensor? landmarkDeviation;
    private readonly Dictionary<string, int> indices;

    /// <summary>Creates the network.</summary>
    /// <param name="options">What it looks at and what it predicts.</param>
    /// <param name="init">First values. Means start at 0 and deviations at 1; see <see cref="SetStatistics"/>.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public AttributeNetwork(AttributeNetworkOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(init);
        if (options.Problem() is string problem)
        {
            throw new ArgumentException($"The options describe no attribute network: {problem}.", nameof(options));
        }

        using var scope = new TensorScope();
        Options = options;
        indices = options.Attributes.Select((a, i) => (a.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        convolutions = new (Tensor, Tensor)[options.Widths.Count];
        int channels = 3;
        for (int i = 0; i < convolutions.Length; i++)
        {
            convolutions[i] = Layer($"conv{i}", [options.Widths[i], channels, 3, 3], init);
            channels = options.Widths[i];
        }

        int side = options.Resolution >> Halvings, count = options.Attributes.Count;
        hidden = Layer("hidden", [options.HiddenSize, (long)channels * side * side], init);
        output = Layer("output", [count + (2 * options.Landmarks), options.HiddenSize], init);
        mean = AddBuffer("mean", Tensor.Zeros([count]))!;
        deviation = AddBuffer("deviation", Tensor.Ones([count]))!;
        if (options.Landmarks > 0)
        {
            landmarkMean = AddBuffer("landmark_mean", Tensor.Zeros([options.Landmarks, 2]));
            landmarkDeviation = AddBuffer("landmark_deviation", Tensor.Ones([options.Landmarks, 2]));
        }
    }

    /// <summary>What the network looks at and what it predicts.</summary>
    public AttributeNetworkOptions Options { get; }

    /// <summary>The deviation of every attribute in the training data, in the attribute's unit; 1 for probabilities.</summary>
    public float[] Deviations => deviation.ToArray<float>();

    /// <summary>The column of an attribute; -1: the network does not predict it.</summary>
    public int IndexOf(string attribute) => indices.GetValueOrDefault(attribute, -1);

    /// <summary>Sets what outputs are scaled by, so that the network learns standardised numbers.</summary>
    /// <param name="mean">[A]; 0 for probabilities.</param>
    /// <param name="deviation">[A], above 0; 1 for probabilities.</param>
    /// <param name="landmarkMean">[L, 2] in parts of the image's side; null without landmarks.</param>
    /// <param name="landmarkDeviation">[L, 2], above 0; null without landmarks.</param>
    public void SetStatistics(Tensor mean, Tensor deviation, Tensor? landmarkMean, Tensor? landmarkDeviation)
    {
        this.mean.CopyInPlace(mean);
        this.deviation.CopyInPlace(deviation);
        if (this.landmarkMean is not null)
        {
            this.landmarkMean.CopyInPlace(landmarkMean!);
            this.landmarkDeviation!.CopyInPlace(landmarkDeviation!);
        }
    }

    /// <summary>The activations of the hidden layer, a feature space of the attributes.</summary>
    /// <param name="images">[N, 3, R, R] float32 in [-1, 1], R being the network's resolution.</param>
    /// <returns>[N, HiddenSize] float32.</returns>
    /// <exception cref="ShapeException">The images have another size.</exception>
    public Tensor Features(Tensor images)
    {
        Shape.Require(images, [null, 3, Options.Resolution, Options.Resolution]);
        using var scope = new TensorScope();
        Tensor x = images;
        for (int i = 0; i < convolutions.Length; i++)
        {
            int stride = i % 2 == 1 ? 2 : 1;
            (Tensor weight, Tensor bias) = convolutions[i];
            x = Functional.LeakyRelu(Functional.Conv2d(x, weight, bias, (stride, stride), (1, 1)), Slope); // [N, Widths[i], ...]
        }

        return scope.Keep(Functional.LeakyRelu(Functional.Linear(x.Reshape(x.Size(0), -1), hidden.Weight, hidden.Bias), Slope));
    }

    /// <summary>The raw outputs: standardised values and logits, then standardised landmarks as x, y, x, y ...</summary>
    /// <param name="images">[N, 3, R, R] float32 in [-1, 1].</param>
    /// <returns>[N, A + 2 L] float32.</returns>
    public Tensor Forward(Tensor images)
    {
        using var scope = new TensorScope();
        return scope.Keep(Functional.Linear(Features(images), output.Weight, output.Bias));
    }

    /// <summary>Attributes in their own units.</summary>
    /// <param name="images">[N, 3, R, R] float32 in [-1, 1].</param>
    /// <returns>[N, A] float32: values in their units, probabilities in 0 to 1.</returns>
    public Tensor Predict(Tensor images)
    {
        using var scope = new TensorScope();
        return scope.Keep(Attributes(Forward(images)));
    }

    /// <summary>Attributes and landmarks.</summary>
    /// <param name="images">[N, 3, R, R] float32 in [-1, 1].</param>
    /// <returns>[N, A] as of <see cref="Predict"/>, and [N, L, 2] as (x, y) in parts of the image's side.</returns>
    /// <exception cref="InvalidOperationException">The network predicts no landmarks.</exception>
    public (Tensor Attributes, Tensor Landmarks) PredictWithLandmarks(Tensor images)
    {
        if (landmarkMean is null)
        {
            throw new InvalidOperationException("The network predicts no landmarks.");
        }

        using var scope = new TensorScope();
        Tensor raw = Forward(images);
        Tensor points = raw.Slice(1, Options.Attributes.Count).Reshape(-1, Options.Landmarks, 2);
        return (scope.Keep(Attributes(raw)), scope.Keep((points * landmarkDeviation!) + landmarkMean));
    }

    private Tensor Attributes(Tensor raw)
    {
        Tensor values = (raw.Slice(1, 0, Options.Attributes.Count) * deviation) + mean; // [N, A]
        if (Options.Attributes.All(a => a.Kind == AttributeKind.Value))
        {
            return values;
        }

        float[] isProbability = [.. Options.Attributes.Select(a => a.Kind == AttributeKind.Probability ? 1f : 0f)];
        Tensor chosen = Tensor.From(isProbability, [isProbability.Length]).To(raw.Device);
        return (values * (1 - chosen)) + (Functional.Sigmoid(values) * chosen);
    }

    // He et al., "Delving Deep into Rectifiers" (2015), equation 10: a layer keeps the variance of its input.
    private (Tensor Weight, Tensor Bias) Layer(string name, long[] shape, Initializer init)
    {
        long inputs = Shape.Count(shape) / shape[0];
        Tensor weight = AddParameter($"{name}.weight", init.Normal(shape, Math.Sqrt(2.0 / inputs)));
        return (weight, AddParameter($"{name}.bias", Tensor.Zeros([shape[0]])));
    }
}
