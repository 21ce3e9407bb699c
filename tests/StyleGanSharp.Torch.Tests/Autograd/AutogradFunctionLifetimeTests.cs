using System.Runtime.CompilerServices;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Tests.Autograd;

/// <summary>The native graph holds a function's instance; it lets go when the graph dies, and only then.</summary>
public sealed class AutogradFunctionLifetimeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_instance_lives_as_long_as_the_graph(bool saveOutput)
    {
        using Tensor x = Leaf();
        (WeakReference reference, Tensor y) = Start(x, saveOutput);
        Collect();
        Assert.True(reference.IsAlive);
        y.Dispose();
        Collect();
        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference, Tensor) Start(Tensor x, bool saveOutput)
        {
            var function = new CubeFunction { SaveOutput = saveOutput };
            return (new WeakReference(function), function.Call(x, x));
        }
    }

    [Fact]
    public void A_backward_pass_and_a_second_one_leave_nothing_behind()
    {
        long start = Tensor.LiveCount;
        WeakReference reference = Run();
        Collect();
        Assert.False(reference.IsAlive);
        Assert.Equal(start, Tensor.LiveCount);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Run()
        {
            using var scope = new TensorScope();
            var function = new CubeFunction { SaveOutput = true };
            Tensor x = Leaf();
            Tensor gradient = Gradient.Of(function.Call(x, x), x, createGraph: true);
            Gradient.Of(gradient, x);
            return new WeakReference(function);
        }
    }

    [Fact]
    public void Without_a_graph_the_instance_is_free_at_once()
    {
        WeakReference reference = Run();
        Collect();
        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Run()
        {
            using var scope = new TensorScope();
            using GradMode mode = GradMode.Off();
            var function = new CubeFunction();
            function.Call(Leaf(), Leaf()).Own().Dispose();
            return new WeakReference(function);
        }
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("backward")]
    [InlineData("input")]
    public void A_failure_lets_go_of_the_instance_and_of_the_exception(string where)
    {
        long start = Tensor.LiveCount;
        (WeakReference function, WeakReference exception) = Run(where);
        Collect();
        Assert.False(function.IsAlive);
        Assert.False(exception.IsAlive);
        Assert.Equal(start, Tensor.LiveCount);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference, WeakReference) Run(string where)
        {
            using var scope = new TensorScope();
            Exception failure = new InvalidOperationException(where);
            var function = new CubeFunction
            {
                OnForward = _ => Throw("forward"),
                OnBackward = g =>
                {
                    Throw("backward");
                    return [g, g];
                },
            };
            Tensor x = Leaf();
            Tensor w = Leaf();
            if (where == "input")
            {
                w.Dispose();
            }

            Assert.ThrowsAny<Exception>(() => function.Call(x, w).Sum().Backward());
            return (new WeakReference(function), new WeakReference(failure));

            void Throw(string place)
            {
                if (place == where)
                {
                    throw failure;
                }
            }
        }
    }

    [Fact]
    public void A_function_inside_backward_is_free_as_well()
    {
        WeakReference reference = Run();
        Collect();
        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Run()
        {
            using var scope = new TensorScope();
            var inner = new CubeFunction();
            var outer = new CubeFunction { OnBackward = g => [inner.Call(g, g), null] };
            Tensor x = Leaf();
            Gradient.Of(outer.Call(x, x), x, createGraph: true);
            return new WeakReference(inner);
        }
    }

    private static Tensor Leaf()
    {
        Tensor leaf = Tensor.From([2.0], [1]);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
