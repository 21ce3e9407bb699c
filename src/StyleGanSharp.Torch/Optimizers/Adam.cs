using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Torch.Optimizers;

/// <summary>
/// Adam with bias correction. Source: Kingma and Ba (2015), algorithm 1. A parameter without a gradient is left alone: its value,
/// its averages and its step count stay as they are.
/// </summary>
public sealed class Adam : IDisposable
{
    private const string StepPrefix = "step.";
    private const string MeanPrefix = "mean.";
    private const string SquarePrefix = "square.";

    private readonly Slot[] slots;

    /// <summary>Prepares the optimizer.</summary>
    /// <param name="parameters">What is optimised; the tensors stay their modules'.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public Adam(IEnumerable<NamedTensor> parameters, AdamOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        bool valid = options is { LearningRate: > 0, Beta1: >= 0 and < 1, Beta2: >= 0 and < 1, Epsilon: > 0 };
        Options = valid ? options : throw new ArgumentException($"Adam cannot work with {options}.", nameof(options));
        LearningRate = options.LearningRate;
        slots = [.. parameters.Select(p => new Slot(p))];
    }

    /// <summary>Settings at the start.</summary>
    public AdamOptions Options { get; }

    /// <summary>
    /// Step size from here on, above 0; no part of <see cref="State"/>: a schedule says it again after a resume.
    /// </summary>
    public double LearningRate { get; set; }

    /// <summary>What is optimised, in the order in which gradients are given.</summary>
    public IEnumerable<NamedTensor> Parameters => slots.Select(s => s.Parameter);

    /// <summary>
    /// Everything that the next step depends on besides the parameters: per parameter that was moved before, <c>square.NAME</c>,
    /// <c>mean.NAME</c> (where Beta1 is not 0) and <c>step.NAME</c>, int64 []. The tensors of the averages are the optimizer's
    /// own.
    /// </summary>
    public IEnumerable<NamedTensor> State()
    {
        foreach (Slot slot in slots.Where(s => s.Steps > 0))
        {
            string name = slot.Parameter.Name;
            yield return new NamedTensor(StepPrefix + name, Tensor.From([slot.Steps], []));
            yield return new NamedTensor(SquarePrefix + name, slot.Square!);
            if (slot.Mean is not null)
            {
                yield return new NamedTensor(MeanPrefix + name, slot.Mean);
            }
        }
    }

    /// <summary>Continues from a state.</summary>
    /// <param name="state">What <see cref="State"/> gave, by name.</param>
    /// <exception cref="LoadException">
    /// Names are unknown or incomplete, or shapes differ from the parameters'; nothing was changed.
    /// </exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Slot[] moved = [.. slots.Where(s => state.ContainsKey(StepPrefix + s.Parameter.Name))];
        string[] expected = [.. moved.SelectMany(StateNames)];
        LoadException.ThrowIfNamesDiffer(expected.Where(n => !state.ContainsKey(n)), state.Keys.Except(expected));
        LoadException.ThrowIfShapesDiffer(moved.SelectMany(s => StateNames(s).Skip(1).Select(n => (n, s)))
            .Where(x => !x.s.Parameter.Value.Shape.SequenceEqual(state[x.n].Shape))
            .Select(x => (x.n, Shape.Format(x.s.Parameter.Value.Shape), Shape.Format(state[x.n].Shape))));

        using var scope = new TensorScope();
        Reset();
        foreach (Slot slot in moved)
        {
            string name = slot.Parameter.Name;
            slot.Begin(Options.Beta1 > 0);
            slot.Steps = state[StepPrefix + name].ToArray<long>()[0];
            slot.Square!.CopyInPlace(state[SquarePrefix + name]);
            slot.Mean?.CopyInPlace(state[MeanPrefix + name]);
        }
    }

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="gradients">One for each parameter, in their order; null: the parameter stays.</param>
    public void Step(ReadOnlySpan<Tensor?> gradients)
    {
        if (gradients.Length != slots.Length)
        {
            throw new ArgumentException(
                $"{gradients.Length} gradients were given for {slots.Length} parameters.", nameof(gradients));
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        for (int i = 0; i < slots.Length; i++)
        {
            if (gradients[i] is Tensor gradient)
            {
                Shape.Require(gradient, Array.ConvertAll(slots[i].Parameter.Value.Shape.ToArray(), size => (long?)size));
                slots[i].Begin(Options.Beta1 > 0);
                slots[i].Steps++;
                Move(slots[i], gradient);
            }
        }
    }

    /// <summary>Forgets all averages and step counts, as if no step had been made.</summary>
    public void Reset()
    {
        foreach (Slot slot in slots)
        {
            slot.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reset();

    // Algorithm 1 with the two corrections folded into one factor of the step and one of the root.
    private void Move(Slot slot, Tensor gradient)
    {
        var update = new AdamUpdate(
            Step: LearningRate / (1 - Math.Pow(Options.Beta1, slot.Steps)),
            Beta1: Options.Beta1, Beta2: Options.Beta2,
            RootScale: 1 / Math.Sqrt(1 - Math.Pow(Options.Beta2, slot.Steps)), Epsilon: Options.Epsilon);
        Tensor parameter = slot.Parameter.Value;
        if (AdamKernel.Accepts(parameter, gradient))
        {
            AdamKernel.Apply(parameter, gradient, slot.Mean, slot.Square!, update);
        }
        else
        {
            update.Apply(parameter, gradient, slot.Mean, slot.Square!);
        }
    }

    private IEnumerable<string> StateNames(Slot slot)
    {
        string name = slot.Parameter.Name;
        string[] names = [StepPrefix + name, SquarePrefix + name];
        return Options.Beta1 > 0 ? names.Append(MeanPrefix + name) : names;
    }

    private sealed class Slot(NamedTensor parameter)
    {
        public NamedTensor Parameter { get; } = parameter;

        public long Steps { get; set; }

        public Tensor? Mean { get; private set; }

        public Tensor? Square { get; private set; }

        public void Begin(bool withMean)
        {
            using var scope = new TensorScope();
            Mean = withMean ? Beside(Mean) : null;
            Square = Beside(Square);
        }

        // Averages follow a parameter that was moved since they were loaded.
        private Tensor Beside(Tensor? average)
        {
            Device device = Parameter.Value.Device;
            if (average?.Device == device)
            {
                return average;
            }

            Tensor there = average?.To(device) ?? Parameter.Value.Detach().ZerosLike();
            average?.Dispose();
            return there.Own();
        }

        public void Reset()
        {
            Mean?.Dispose();
            Square?.Dispose();
            (Mean, Square, Steps) = (null, null, 0);
        }
    }
}
