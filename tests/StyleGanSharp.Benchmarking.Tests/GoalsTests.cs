using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Benchmarking.Training;

namespace StyleGanSharp.Benchmarking.Tests;

/// <summary>The goals, and when a row counts as reached.</summary>
public sealed class GoalsTests
{
    [Fact]
    public void Every_goal_is_one_of_something_that_is_measured()
    {
        Assert.All(Goals.Generators, goal => Assert.NotNull(BenchSubject.Find(goal.Work)));
        Assert.Equal(TrainingWorkload.All.Select(w => w.Name), Goals.Training.Select(g => g.Work));
        Assert.All([.. Goals.Generators, .. Goals.Training, .. Goals.Start], goal =>
            Assert.InRange(goal.Fast, 0.01, goal.Single));
    }

    [Fact]
    public void A_goal_belongs_to_a_batch()
    {
        Assert.Equal(0.165, Goals.Seconds(Goals.Generators, "stylegan2-256", 1));
        Assert.Equal(0.16, Goals.Seconds(Goals.Generators, "stylegan2-256", 8));
        Assert.Equal(400, Goals.Seconds(Goals.Training, "stylegan3-t-64"));
        Assert.Null(Goals.Seconds(Goals.Generators, "stylegan2-256", 4));
        Assert.Null(Goals.Seconds(Goals.Generators, "progan-256", 1));
    }

    [Theory]
    [InlineData(1.0, 1.0, 0.1, true)]    // at its seconds
    [InlineData(1.0, 1.01, 0.8, false)]  // neither: 0.79 of the floor
    [InlineData(1.0, 2.0, 1.6, true)]    // at 80 % of its floor
    [InlineData(1.0, 2.0, 0.0, false)]   // no floor is known
    public void A_row_is_reached_at_its_seconds_or_at_enough_of_its_floor(
        double goal, double seconds, double floor, bool reached) =>
        Assert.Equal(reached, Goals.Reached(goal, seconds, floor));

    [Fact]
    public void Without_a_goal_nothing_is_reached_or_missed()
    {
        Assert.Null(Goals.Reached(null, 1, 1));
        Assert.Equal(["", "reached", "not reached"], new bool?[] { null, true, false }.Select(Goals.Words));
    }
}
