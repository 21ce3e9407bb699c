using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Tests.Runs;

namespace StyleGanSharp.Training.Tests.Distributed;

public sealed class BatchShareTests
{
    [Fact]
    public void A_batch_is_divided_evenly() => Assert.Equal(4, BatchShare.Of(8, Options(8), 2));

    [Theory]
    [InlineData(8, 3, 2, null, "choose a multiple of 3 (6 or 9)")]
    [InlineData(2, 3, 2, null, "choose a multiple of 3 (3)")]
    [InlineData(8, 4, 4, null,
        "groupSize 4 does not divide the 2 images that each of 4 processes gets of batch 8: choose groupSize 1, 2, or batch 16")]
    [InlineData(8, 2, 2, 8, "microBatch 8 does not divide the 4 images that each of 2 processes gets of batch 8: choose 2, 4.")]
    public void What_cannot_be_divided_is_explained(int batch, int processes, int group, int? microBatch, string expected)
    {
        TrainingOptions options = Options(batch) with { MicroBatch = microBatch };
        options = options with { Discriminator = options.StyleGan2Discriminator! with { MbStdGroupSize = group } };
        Assert.Contains(
            expected, Assert.Throws<TrainingOptionsException>(() => BatchShare.Of(batch, options, processes)).Message,
            StringComparison.Ordinal);
    }

    private static TrainingOptions Options(int batch) =>
        TinyRun.Options(change: r => r with { Batch = batch, MicroBatch = null });
}
