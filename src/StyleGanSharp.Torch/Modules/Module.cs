namespace StyleGanSharp.Torch.Modules;

/// <summary>
/// A part of a network: parameters, buffers and submodules under the names that checkpoints use. Names are written where things
/// are created; nothing is found by reflection.
/// </summary>
public abstract class Module : IDisposable
{
    private readonly List<(string Name, Tensor Value)> parameters = [];
    private readonly List<(string Name, Tensor? Value)> buffers = [];
    private readonly List<(string Name, Module Value)> modules = [];

    /// <summary>Parameters with full names, in order of registration: own first, then those of the submodules.</summary>
    public IEnumerable<NamedTensor> NamedParameters() => Walk("", static (module, prefix) =>
        module.parameters.Select(p => new NamedTensor(prefix + p.Name, p.Value)));

    /// <summary>Buffers with full names, in order of registration; absent ones are left out.</summary>
    public IEnumerable<NamedTensor> NamedBuffers() => Walk("", static (module, prefix) =>
        module.buffers.Where(b => b.Value is not null).Select(b => new NamedTensor(prefix + b.Name, b.Value!)));

    /// <summary>Parameters and buffers: everything a checkpoint holds.</summary>
    public IEnumerable<NamedTensor> NamedTensors() => NamedParameters().Concat(NamedBuffers());

    /// <summary>Number of elements of all parameters.</summary>
    public long ParameterCount => NamedParameters().Sum(p => p.Value.Count);

    /// <summary>Switches gradients of all parameters on or off.</summary>
    public void RequireGrad(bool value)
    {
        foreach (NamedTensor parameter in NamedParameters())
        {
            parameter.Value.RequiresGrad = value;
        }
    }

    /// <summary>Copies values by name into this module.</summary>
    /// <param name="source">Value by full name; asked for every parameter and buffer.</param>
    /// <param name="names">All names the source has.</param>
    /// <exception cref="LoadException">
    /// Names are missing or left over, or shapes differ; all of them are listed. Nothing was changed.
    /// </exception>
    public void Load(IReadOnlyCollection<string> names, Func<string, Tensor> source)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(source);
        var own = NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        var given = names.ToHashSet();
        LoadException.ThrowIfNamesDiffer(own.Keys.Where(n => !given.Contains(n)), given.Where(n => !own.ContainsKey(n)));

        using var scope = new TensorScope();
        using Autograd.GradMode mode = Autograd.GradMode.Off();
        var values = own.ToDictionary(pair => pair.Key, pair => source(pair.Key));
        LoadException.ThrowIfShapesDiffer(own
            .Where(pair => !pair.Value.Shape.SequenceEqual(values[pair.Key].Shape))
            .Select(pair => (pair.Key, Shape.Format(pair.Value.Shape), Shape.Format(values[pair.Key].Shape))));
        foreach ((string name, Tensor value) in own)
        {
            value.CopyInPlace(values[name]);
        }

        NotifyLoaded();
    }

    /// <summary>
    /// Has all tensors of this module filled by name, one after the other, so that no second copy of the whole is ever in memory.
    /// The source's shapes are known beforehand and are checked first.
    /// </summary>
    /// <param name="shapes">The shapes of all that the source has.</param>
    /// <param name="fill">Writes the value of this full name into the tensor; called for every parameter and buffer once.</param>
    /// <exception cref="LoadException">
    /// Names are missing or left over, or shapes differ; all of them are listed. Nothing was changed.
    /// </exception>
    public void Load(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes, Action<string, Tensor> fill)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(fill);
        var own = NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        LoadException.ThrowIfNamesDiffer(
            own.Keys.Where(n => !shapes.ContainsKey(n)), shapes.Keys.Where(n => !own.ContainsKey(n)));
        LoadException.ThrowIfShapesDiffer(own
            .Where(pair => !pair.Value.Shape.ToArray().SequenceEqual(shapes[pair.Key]))
            .Select(pair => (pair.Key, Shape.Format(pair.Value.Shape), Shape.Format([.. shapes[pair.Key]]))));

        using Autograd.GradMode mode = Autograd.GradMode.Off();
        foreach ((string name, Tensor value) in own)
        {
            using var scope = new TensorScope();
            fill(name, value);
        }

        NotifyLoaded();
    }

    /// <summary>Moves all parameters and buffers to a device.</summary>
    public void To(Device device)
    {
        using var scope = new TensorScope();
        foreach (NamedTensor tensor in NamedTensors())
        {
            tensor.Value.ReplaceElements(tensor.Value.Detach().To(device));
        }

        NotifyLoaded();
    }

    /// <summary>Copies the values of another module of the same structure.</summary>
    /// <exception cref="LoadException">The structures differ.</exception>
    public void LoadFrom(Module other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var values = other.NamedTensors().ToDictionary(t => t.Name, t => t.Value);
        Load(values.Keys, name => values[name]);
    }

    /// <summary>Frees all parameters and buffers.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the module owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            parameters.ForEach(p => p.Value.Dispose());
            buffers.ForEach(b => b.Value?.Dispose());
            modules.ForEach(m => m.Value.Dispose());
        }
    }

    /// <summary>Called after values were loaded or moved: whatever was derived from them is out of date.</summary>
    protected virtual void OnLoaded()
    {
    }

    /// <summary>Registers a parameter, which the module owns from then on.</summary>
    protected Tensor AddParameter(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        parameters.Add((Checked(name), value.Own()));
        return value;
    }

    /// <summary>Registers a buffer: saved with the network, not trained. Null: absent, but its name is taken.</summary>
    protected Tensor? AddBuffer(string name, Tensor? value)
    {
        buffers.Add((Checked(name), value?.Own()));
        return value;
    }

    /// <summary>Registers a submodule.</summary>
    protected T AddModule<T>(string name, T value)
        where T : Module
    {
        modules.Add((Checked(name), value));
        return value;
    }

    private void NotifyLoaded()
    {
        OnLoaded();
        modules.ForEach(m => m.Value.NotifyLoaded());
    }

    private string Checked(string name) =>
        parameters.Exists(p => p.Name == name) || buffers.Exists(b => b.Name == name) || modules.Exists(m => m.Name == name)
            ? throw new ArgumentException($"The name '{name}' is registered already.", nameof(name))
            : name;

    private IEnumerable<NamedTensor> Walk(string prefix, Func<Module, string, IEnumerable<NamedTensor>> own)
    {
        foreach (NamedTensor tensor in own(this, prefix))
        {
            yield return tensor;
        }

        foreach ((string name, Module module) in modules)
        {
            foreach (NamedTensor tensor in module.Walk($"{prefix}{name}.", own))
            {
                yield return tensor;
            }
        }
    }
}
