using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

public sealed class MicroBatchChooserTests
{
    private static TrainingOptions Options(int batch, int group) => OptionResolver.Resolve(
        new TrainingRequest { Data = new DataOptions { Path = "x" }, Batch = batch, GroupSize = group }, new DatasetFacts(
            256, 256, 3, 0));

    [Fact]
    public void Whole_batch_where_memory_suffices() =>
        Assert.Equal(32, MicroBatchChooser.Choose(Options(32, 4), 32, 256, long.MaxValue));

    [Fact]
    public void Smallest_whole_group_where_memory_is_short() =>
        Assert.Equal(4, MicroBatchChooser.Choose(Options(32, 4), 32, 256, 1));

    [Theory]
    [InlineData(32, 4, 9, 8)]
    [InlineData(24, 4, 11, 8)]
    [InlineData(24, 3, 7, 6)]
    [InlineData(32, 1, 3, 2)]
    public void Largest_fitting_multiple_of_the_group_that_divides_the_batch(int batch, int group, int fitting, int expected)
    {
        TrainingOptions options = Options(batch, group);
        Assert.Equal(expected, MicroBatchChooser.Choose(
            options, batch, 256, (long)(2 * fitting * MicroBatchChooser.BytesPerSample(options))));
    }

    [Fact]
    public void Halving_ends_at_the_smallest()
    {
        TrainingOptions options = Options(32, 4);
        Assert.Equal(16, MicroBatchChooser.Halve(options, 32, 32));
        Assert.Equal(4, MicroBatchChooser.Halve(options, 32, 8));
        Assert.Null(MicroBatchChooser.Halve(options, 32, 4));
    }
}
