using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Stats;

/// <summary>Takes the numbers that training produces, under the names that the field's logs use.</summary>
public interface IStatsReporter
{
    /// <summary>Takes the elements of a tensor as samples of one quantity.</summary>
    /// <param name="name">For instance <c>Loss/G/loss</c>.</param>
    /// <param name="values">Any shape.</param>
    void Report(string name, Tensor values);
}
