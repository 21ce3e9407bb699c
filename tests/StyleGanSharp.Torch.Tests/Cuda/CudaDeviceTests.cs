using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Torch.Tests.Cuda;

[Collection(nameof(CudaKernels))] // The warning is the process's.
public sealed class CudaDeviceTests
{
    private static readonly Device First = new(DeviceType.Cuda, 0);

    [Fact]
    public void Settings_are_kept_and_given_back()
    {
        CudaSettings before = CudaSettings.Current;
        try
        {
            foreach (CudaSettings settings in (
                CudaSettings[])[new(), new(true, false, true), new(false, false, true), new(true, true, false)])
            {
                settings.Apply();
                Assert.Equal(settings, CudaSettings.Current);
            }
        }
        finally
        {
            before.Apply();
        }
    }

    [Fact]
    public void Where_nothing_can_be_launched_that_is_said_once()
    {
        Assert.SkipWhen(Device.CudaCount > 0, "There is a device.");
        var warnings = new List<string>();
        CudaKernels.Warning = warnings.Add;
        try
        {
            Assert.False(CudaKernels.Shared.Accepts(new CudaSource("one", ""), First));
            Assert.False(CudaKernels.Shared.Accepts(new CudaSource("two", ""), First));
            Assert.False(CudaKernels.Shared.Accepts(new CudaSource("three", ""), Device.Cpu));
            Assert.Contains("libtorch's own operators", Assert.Single(warnings), StringComparison.Ordinal);
        }
        finally
        {
            CudaKernels.Warning = null;
        }
    }

    [Fact]
    public void A_recording_needs_a_device()
    {
        Assert.SkipWhen(CudaGraph.IsAvailable, "This shim can record.");
        Assert.Contains("without CUDA", Assert.Throws<TorchException>(() => CudaGraph.Capture(First, () => { })).Message,
            StringComparison.Ordinal);
    }

    [Fact, NoLeaks]
    public void Sending_to_the_main_memory_does_nothing()
    {
        using Tensor x = Tensor.Arange(3), y = x.SendTo(Device.Cpu);
        Assert.Equal(x.DataPointer, y.DataPointer);
    }

    [Fact, NoLeaks, Trait("Kind", "Gpu")]
    public void Sent_elements_arrive()
    {
        RequireDevice();
        using var scope = new TensorScope();
        float[] elements = [.. Enumerable.Range(0, 1 << 20).Select(i => (float)i)];
        Tensor y = Tensor.From(elements, [1 << 20]).SendTo(First);
        Assert.Equal(First, y.Device);
        Assert.Equal(elements, y.ToArray<float>());
    }

    [Fact, NoLeaks, Trait("Kind", "Gpu")]
    public void A_recorded_function_is_repeated_with_other_inputs()
    {
        RequireDevice();
        using var scope = new TensorScope();
        Tensor weight = Tensor.Arange(16, device: First).Reshape(4, 4);
        using RecordedFunction function = RecordedFunction.Record(x => x.MatMul(weight) + 1, Tensor.Zeros([2, 4], device: First));
        foreach (double value in (double[])[1, -2, 3.5])
        {
            Tensor x = Tensor.Full([2, 4], value, device: First);
            Close.To(x.To(Device.Cpu).MatMul(weight.To(Device.Cpu)) + 1, function.Call(x), 1e-6, $"{value}");
        }

        Assert.Throws<ShapeException>(() => function.Call(Tensor.Zeros([1, 4], device: First)));
    }

    [Fact, Trait("Kind", "Gpu")]
    public void A_recording_that_waits_for_the_device_is_refused_and_leaves_the_device_usable()
    {
        RequireDevice();
        using var scope = new TensorScope();
        Tensor x = Tensor.Ones([4], device: First);
        Assert.ThrowsAny<TorchException>(() => CudaGraph.Capture(First, () => (x + 1).ToArray<float>()));
        Assert.Equal([2, 2, 2, 2], (x + 1).ToArray<float>());
    }

    private static void RequireDevice() =>
        Assert.SkipUnless(
            Device.CudaCount > 0 && CudaGraph.IsAvailable, "libtorch sees no CUDA device, or the shim was built without CUDA.");
}
