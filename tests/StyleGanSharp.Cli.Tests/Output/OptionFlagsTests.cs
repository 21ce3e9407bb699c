using System.CommandLine;
using System.Reflection;
using StyleGanSharp.Cli.Commands;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Cli.Tests.Output;

public sealed class OptionFlagsTests
{
    [Fact]
    public void Every_training_option_has_a_flag_of_the_command()
    {
        Command train = TrainCommand.Create(new CommandOutput(TextWriter.Null, TextWriter.Null, isTerminal: false));
        HashSet<string> flags = [.. train.Options.Select(o => o.Name)];
        IEnumerable<string> properties = typeof(TrainingRequest).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(p => p.Name).Except(["Data", "Seed"])
            .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
            .Concat(["data.path", "data.useLabels", "data.subset", "data.workers", "processes", "saveMinutes", "metrics",
                "detector", "metricSamples"]);
        Assert.All(properties, property => Assert.Contains(OptionFlags.OfTraining(property) ?? $"no flag for {property}", flags));
    }
}
