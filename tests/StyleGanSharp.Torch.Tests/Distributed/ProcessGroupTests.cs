using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Distributed;

namespace StyleGanSharp.Torch.Tests.Distributed;

/// <summary>Members of a group on threads of one process; those in processes of their own are tested with training.</summary>
public sealed class ProcessGroupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Texts_and_numbers_are_seen_through_every_connection()
    {
        using Store server = Store.Serve(0, Patience);
        using Store other = Store.Connect("localhost", server.Port, Patience);
        Assert.InRange(server.Port, 1, 65535);
        Assert.Null(other.Get("name"));
        server.Set("name", "ä, 日本");
        other.Wait("name", Patience);
        Assert.Equal("ä, 日本", other.Get("name"));
        Assert.Equal("ä, 日本", other.SetFirst("name", "later"));
        Assert.Equal("first", other.SetFirst("fresh", "first"));
        Assert.Equal(3, server.Add("count", 3));
        Assert.Equal(5, other.Add("count", 2));
    }

    [Fact]
    public void A_prefix_keeps_keys_apart()
    {
        using Store server = Store.Serve(0, Patience);
        using Store a = server.WithPrefix("a/"), b = server.WithPrefix("b/");
        a.Set("key", "1");
        Assert.False(b.Has("key"));
        Assert.True(a.Has("key"));
        Assert.Equal(server.Port, b.Port);
    }

    [Fact]
    public void A_key_that_does_not_come_ends_the_waiting()
    {
        using Store server = Store.Serve(0, Patience);
        Assert.Throws<TorchException>(() => server.Wait("never", TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public void A_port_in_use_is_an_error()
    {
        using Store server = Store.Serve(0, Patience);
        Assert.Throws<TorchException>(() => Store.Serve(server.Port, Patience));
    }

    [Theory, NoLeaks]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int64)]
    public void Tensors_are_added_up_and_copied(DType dtype)
    {
        double[][] results = Members(3, (group, rank) =>
        {
            using var scope = new TensorScope();
            Tensor sum = Tensor.Full([2, 3], rank + 1, dtype);
            group.AllReduce(sum);
            Tensor copy = Tensor.Full([4], 10 * rank, dtype);
            group.Broadcast(copy, root: 2);
            return sum.ToArray<double>().Concat(copy.ToArray<double>()).ToArray();
        });
        Assert.All(results, r => Assert.Equal([6, 6, 6, 6, 6, 6, 20, 20, 20, 20], r));
    }

    [Fact, NoLeaks]
    public void Waiting_for_a_member_that_does_not_come_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var cancelled = new ManualResetEventSlim();
        bool[] ended = Members(2, (group, rank) =>
        {
            if (rank == 1)
            {
                return cancelled.Wait(Patience, TestContext.Current.CancellationToken); // It is there, but does not come.
            }

            using var scope = new TensorScope();
            try
            {
                Assert.Throws<OperationCanceledException>(() => group.AllReduce(Tensor.Ones([1]), stop.Token));
                return true;
            }
            finally
            {
                cancelled.Set();
            }
        });
        Assert.Equal([true, true], ended);
    }

    [Fact]
    public void A_missing_backend_is_explained()
    {
        Assert.SkipWhen(GroupBackend.Nccl.IsAvailable(), "This shim has NCCL.");
        Assert.Contains("NCCL", Assert.Throws<TorchException>(() => GroupBackend.Nccl.Require()).Message,
            StringComparison.Ordinal);
        Assert.Equal(GroupBackend.Nccl, GroupBackends.For(new Device(DeviceType.Cuda, 1)));
    }

    private static T[] Members<T>(int size, Func<ProcessGroup, int, T> body)
    {
        Assert.SkipUnless(GroupBackend.Gloo.IsAvailable(), "The shim was built without Gloo: libgloo-dev is missing.");
        using Store server = Store.Serve(0, Patience);
        int port = server.Port;
        var results = new T[size];
        var faults = new Exception?[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                using Store store = Store.Connect("localhost", port, Patience);
                var options = new ProcessGroupOptions { Rank = rank, Size = size, Timeout = Patience, Host = "127.0.0.1" };
                using var group = new ProcessGroup(store, options);
                results[rank] = body(group, rank);
            }
            catch (Exception e)
            {
                faults[rank] = e;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.All(faults, Assert.Null);
        return results;
    }
}
