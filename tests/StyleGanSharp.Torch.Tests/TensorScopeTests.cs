namespace StyleGanSharp.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void Temporaries_die_with_their_scope()
    {
        long start = Tensor.LiveCount;
        Tensor a;
        using (new TensorScope())
        {
            a = Tensor.Ones([2]);
            _ = (a + a) * a;
            Assert.Equal(start + 3, Tensor.LiveCount);
        }

        Assert.Equal(start, Tensor.LiveCount);
        Assert.Throws<ObjectDisposedException>(() => a + 1);
    }

    [Fact]
    public void A_kept_tensor_moves_to_the_enclosing_scope()
    {
        long start = Tensor.LiveCount;
        using (new TensorScope())
        {
            Tensor kept;
            using (var inner = new TensorScope())
            {
                kept = inner.Keep(Tensor.Ones([2]) + 1);
            }

            Assert.Equal(start + 1, Tensor.LiveCount);
            Assert.Equal([2f, 2f], kept.ToArray<float>());
        }

        Assert.Equal(start, Tensor.LiveCount);
    }

    [Fact]
    public void Without_an_enclosing_scope_a_kept_tensor_belongs_to_the_caller()
    {
        Tensor[] kept;
        using (var scope = new TensorScope())
        {
            kept = scope.Keep(Tensor.Arange(2).Unbind(0));
        }

        Assert.Equal(1, kept[1].Item());
        Array.ForEach(kept, t => t.Dispose());
    }

    [Fact]
    public void Keeping_leaves_tensors_of_other_scopes_alone()
    {
        using var outer = new TensorScope();
        Tensor a = Tensor.Ones([1]);
        using (var inner = new TensorScope())
        {
            inner.Keep(a);
        }

        Assert.Equal(1, a.Item());
    }

    [Fact]
    public void An_owned_tensor_belongs_to_no_scope()
    {
        Tensor owned;
        using (new TensorScope())
        {
            owned = Tensor.Ones([2]).Own();
        }

        using (owned)
        {
            Assert.Equal(2, owned.Count);
        }
    }

    [Fact]
    public void Tensors_may_be_disposed_before_their_scope()
    {
        using var scope = new TensorScope();
        Tensor.Ones([1]).Dispose();
    }

    [Fact]
    public void Scopes_close_innermost_first()
    {
        var outer = new TensorScope();
        var inner = new TensorScope();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        long start = Tensor.LiveCount;
        var scope = new TensorScope();
        Exception? foreign = null;
        Tensor? elsewhere = null;
        var thread = new Thread(() =>
        {
            foreign = Record.Exception(scope.Dispose);
            elsewhere = Tensor.Ones([1]);
        });
        thread.Start();
        thread.Join();
        scope.Dispose();
        Assert.IsType<InvalidOperationException>(foreign);
        Assert.Equal(start + 1, Tensor.LiveCount);
        elsewhere!.Dispose();
    }

    [Fact]
    public void A_scope_closes_when_an_exception_passes_through()
    {
        long start = Tensor.LiveCount;
        Assert.Throws<TorchException>(() =>
        {
            using var scope = new TensorScope();
            _ = Tensor.Ones([2]) + Tensor.Ones([3]);
        });
        Assert.Equal(start, Tensor.LiveCount);
    }
}
