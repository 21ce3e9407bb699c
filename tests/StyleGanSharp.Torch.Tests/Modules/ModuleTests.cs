using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Torch.Tests.Modules;

[WithTensorScope]
public sealed class ModuleTests
{
    [Fact]
    public void Names_come_in_order_of_registration_own_ones_first()
    {
        using var net = new Net();
        Assert.Equal(["scale", "first.weight", "first.bias", "second.weight"], net.NamedParameters().Select(p => p.Name));
        Assert.Equal(["mean", "first.step"], net.NamedBuffers().Select(b => b.Name));
        Assert.Equal(6, net.NamedTensors().Count());
        Assert.Equal(1 + 6 + 2 + 6, net.ParameterCount);
    }

    [Fact]
    public void Parameters_are_the_tensors_themselves()
    {
        using var net = new Net();
        net.RequireGrad(true);
        Assert.True(net.Scale.RequiresGrad);
        Assert.All(net.NamedBuffers(), b => Assert.False(b.Value.RequiresGrad));
        net.RequireGrad(false);
        Assert.False(net.Scale.RequiresGrad);
    }

    [Fact]
    public void A_module_owns_its_tensors()
    {
        long start = Tensor.LiveCount;
        Tensor scale;
        using (var net = new Net())
        {
            scale = net.Scale;
            Assert.Equal(start + 6, Tensor.LiveCount);
        }

        Assert.Equal(start, Tensor.LiveCount);
        Assert.Throws<ObjectDisposedException>(() => scale + 1);
    }

    [Fact]
    public void A_taken_name_is_refused_also_that_of_an_absent_buffer()
    {
        using var net = new Net();
        Assert.Contains("'scale'", Assert.Throws<ArgumentException>(() => net.Add("scale")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => net.Add("first"));
        Assert.Throws<ArgumentException>(() => net.Add("mean"));
        Assert.Throws<ArgumentException>(() => net.Add("absent"));
    }

    [Fact]
    public void Values_are_copied_by_name_also_into_parameters_that_need_gradients()
    {
        using var net = new Net();
        net.RequireGrad(true);
        using var other = new Net();
        other.Scale.FillInPlace(7);
        net.LoadFrom(other);
        Assert.Equal(7, net.Scale.Item());
        Assert.True(net.Scale.RequiresGrad);
        other.Scale.FillInPlace(8);
        Assert.Equal(7, net.Scale.Item());
    }

    [Fact]
    public void Missing_and_unexpected_names_are_listed_and_nothing_changes()
    {
        using var net = new Net();
        string[] names =
            [.. net.NamedTensors().Select(t => t.Name).Where(n => n != "mean" && n != "first.bias"), "extra.a", "extra.b"];
        LoadException e = Assert.Throws<LoadException>(
            () => net.Load(names, _ => throw new InvalidOperationException("not asked")));
        Assert.Equal("missing: first.bias, mean; not part of the network: extra.a, extra.b", e.Message);
        Assert.Equal(1, net.Scale.Item());
    }

    [Fact]
    public void Long_lists_are_cut_short()
    {
        using var net = new Net();
        LoadException e = Assert.Throws<LoadException>(() => net.Load([], _ => null!));
        Assert.Contains("and 1 more", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Differing_shapes_are_listed_and_nothing_changes()
    {
        using var net = new Net();
        var values = net.NamedTensors().ToDictionary(t => t.Name, t => Tensor.Full(t.Value.Shape, 5));
        values["first.weight"] = Tensor.Ones([2, 2]);
        values["mean"] = Tensor.Scalar(0);
        LoadException e = Assert.Throws<LoadException>(() => net.Load(values.Keys, n => values[n]));
        Assert.Equal("shapes differ: first.weight is [2, 2] instead of [2, 3], mean is [] instead of [3]", e.Message);
        Assert.Equal(1, net.Scale.Item());
    }

    [Fact]
    public void A_source_that_fails_changes_nothing()
    {
        using var net = new Net();
        string[] names = [.. net.NamedTensors().Select(t => t.Name)];
        Assert.Throws<IOException>(() => net.Load(names, n => n == "mean" ? throw new IOException() : Tensor.Zeros([1])));
        Assert.Equal(1, net.Scale.Item());
    }

    [Fact]
    public void Everything_that_is_derived_from_values_hears_of_new_ones_once_they_are_there()
    {
        using var net = new Net();
        using var other = new Net();
        other.Scale.FillInPlace(7);
        net.LoadFrom(other);
        Assert.Equal([7], net.Heard);
        Assert.Throws<LoadException>(() => net.Load([], _ => null!));
        Assert.Single(net.Heard);
    }

    [Fact]
    public void A_moved_module_keeps_its_tensors_and_their_gradients()
    {
        using var net = new Net();
        net.RequireGrad(true);
        net.To(Device.Cpu);
        Assert.Same(net.Scale, net.NamedParameters().First().Value);
        Assert.True(net.Scale.RequiresGrad);
        (net.Scale * 3).Sum().Backward();
        Assert.Equal(3, net.Scale.Grad!.Item());
        Assert.Equal([1], net.Heard);
    }

    [Fact]
    public void First_values_come_from_the_generator_in_order()
    {
        using var generator = new RandomGenerator(3);
        Initializer random = Initializer.Random(generator);
        float[] first = random.Normal([4]).ToArray<float>();
        float[] second = random.Normal([4], scale: 2).ToArray<float>();
        using var again = new RandomGenerator(3);
        Assert.Equal(first, Tensor.RandN([4], again).ToArray<float>());
        Assert.Equal(second, (Tensor.RandN([4], again) * 2).ToArray<float>());
        Assert.Equal([2, 3], Initializer.ForLoading.Normal([2, 3]).Shape.ToArray());
    }

    private sealed class Net : Module
    {
        internal Net()
        {
            AddModule("first", new Layer(withBias: true));
            Scale = AddParameter("scale", Tensor.Ones([1]));
            AddModule("second", new Layer(withBias: false));
            AddBuffer("mean", Tensor.Zeros([3]));
            AddBuffer("absent", null);
        }

        internal Tensor Scale { get; }

        internal List<double> Heard { get; } = [];

        protected override void OnLoaded() => Heard.Add(Scale.Item());

        internal void Add(string name) => AddBuffer(name, null);
    }

    private sealed class Layer : Module
    {
        internal Layer(bool withBias)
        {
            AddParameter("weight", Tensor.Ones([2, 3]));
            if (withBias)
            {
                AddParameter("bias", Tensor.Zeros([2]));
            }

            AddBuffer("step", withBias ? Tensor.Scalar(0) : null);
        }
    }
}
