using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Metrics.Tests.Frechet;

[WithTensorScope]
public sealed class StatisticsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder["reals.safetensors"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read_under_the_same_key_only()
    {
        using var written = new FeatureStatistics(Tensor.Arange(2, DType.Float64), Tensor.Ones([2, 2], DType.Float64), 7);
        Assert.Null(StatisticsFile.Read(Path, "key", 2));
        StatisticsFile.Write(Path, "key", written);
        Assert.Equal(["reals.safetensors"], folder.Names);
        using FeatureStatistics? read = StatisticsFile.Read(Path, "key", 2);
        Assert.NotNull(read);
        Assert.Equal(7, read.Count);
        Close.To(written.Mean, read.Mean, 0, "mean");
        Close.To(written.Covariance, read.Covariance, 0, "covariance");
        Assert.Null(StatisticsFile.Read(Path, "other key", 2));
        Assert.Null(StatisticsFile.Read(Path, "key", 3));
    }

    [Theory]
    [InlineData("mean of another type")]
    [InlineData("covariance of another shape")]
    [InlineData("no covariance")]
    [InlineData("not finite")]
    [InlineData("count 0")]
    [InlineData("count -1")]
    [InlineData("count many")]
    [InlineData("no count")]
    [InlineData("too large")]
    [InlineData("no safetensors")]
    [InlineData("a folder")]
    public void What_does_not_fit_is_as_good_as_none(string fault)
    {
        Tensor mean = fault == "mean of another type" ? Tensor.Zeros([2]) : Tensor.Zeros([2], DType.Float64);
        Tensor covariance = Tensor.Full(
            fault == "covariance of another shape" ? [4] : [2, 2], fault == "not finite" ? double.NaN : 1, DType.Float64);
        var tensors = new List<(string, Tensor)> { ("mean", mean) };
        if (fault != "no covariance")
        {
            tensors.Add(("covariance", covariance));
        }

        if (fault == "too large")
        {
            tensors.Add(("more", Tensor.Zeros([1 << 18])));
        }

        var metadata = new Dictionary<string, string> { ["key"] = "key" };
        if (fault != "no count")
        {
            metadata["count"] = fault.StartsWith("count ", StringComparison.Ordinal) ? fault["count ".Length..] : "5";
        }

        Safetensors.Write(Path, tensors, metadata);
        if (fault == "no safetensors")
        {
            File.WriteAllText(Path, "<html>");
        }
        else if (fault == "a folder")
        {
            File.Delete(Path);
            Directory.CreateDirectory(Path);
        }

        Assert.Null(StatisticsFile.Read(Path, "key", 2));
    }
}
