using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Runs;

/// <summary>A number that says how good a generator is, taken during the run. Its failure never ends the run.</summary>
public interface IRunMetric
{
    /// <summary>Name with the feature space, e.g. <c>frechet5k/squeezenet</c>.</summary>
    string Name { get; }

    /// <summary>What earlier versions called it, whose results are continued; null: the same.</summary>
    string? FormerName => null;

    /// <summary>Measures a generator; lower is better.</summary>
    /// <param name="generator">The running average.</param>
    /// <param name="cancel">Ends it early.</param>
    double Measure(IGenerator generator, CancellationToken cancel);
}
