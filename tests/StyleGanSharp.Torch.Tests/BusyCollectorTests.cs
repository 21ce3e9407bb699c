namespace StyleGanSharp.Torch.Tests;

public sealed class BusyCollectorTests
{
    // Nothing is disposed here: the collector frees handles while other calls use theirs. A handle that is freed during its own
    // call shows as a crash or as wrong numbers.
    [Fact]
    public void Operations_are_right_while_the_collector_runs_all_the_time()
    {
        bool stop = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            for (int i = 0; i < 1500; i++)
            {
                Assert.Equal(3 * i * 64, Sum(i));
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            collector.Join();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        static double Sum(int i) => Tensor.Cat([Tensor.Full([32], i) * 2, Tensor.Full([32], i) + Tensor.Full([32], i)])
            .Addcmul(Tensor.Ones([64]), Tensor.From(Enumerable.Repeat((float)i, 64).ToArray(), [64])).Sum().Item();
    }
}
