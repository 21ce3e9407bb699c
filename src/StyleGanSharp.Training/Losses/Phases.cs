namespace StyleGanSharp.Training.Losses;

/// <summary>What the phases consist of.</summary>
public static class Phases
{
    /// <summary>Whether the phase trains the generator.</summary>
    public static bool IsGenerator(this Phase phase) =>
        phase is Phase.GeneratorMain or Phase.GeneratorRegularization or Phase.GeneratorBoth;

    /// <summary>Whether the adversarial loss is part of the phase.</summary>
    public static bool HasMain(this Phase phase) =>
        phase is not (Phase.GeneratorRegularization or Phase.DiscriminatorRegularization);

    /// <summary>Whether the regularisation is part of the phase.</summary>
    public static bool HasRegularization(this Phase phase) => phase is not (Phase.GeneratorMain or Phase.DiscriminatorMain);

    /// <summary>The name that logs use: Gmain, Greg, Gboth, Dmain, Dreg, Dboth.</summary>
    public static string ShortName(this Phase phase) =>
        (phase.IsGenerator() ? "G" : "D") + (!phase.HasRegularization() ? "main" : phase.HasMain() ? "both" : "reg");

    /// <summary>The phase of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Phase Parse(string name)
    {
        foreach (Phase phase in Enum.GetValues<Phase>())
        {
            if (phase.ShortName() == name)
            {
                return phase;
            }
        }

        throw new ArgumentException($"'{name}' is not a training phase.", nameof(name));
    }
}
