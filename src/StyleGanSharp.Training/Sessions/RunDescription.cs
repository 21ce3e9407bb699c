using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Growth;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Sessions;

/// <summary>The first lines of a run: what is trained on what, and how.</summary>
/// <param name="log">Takes them.</param>
/// <param name="nameOf">What a face calls options.</param>
internal sealed class RunDescription(IRunLog log, Func<string, string?> nameOf)
{
    internal void Run(TrainingOptions options, ImageDataset dataset)
    {
        Say($"Data:     {dataset.Name}, {dataset.Count} images of {dataset.Width}x{dataset.Height}, {dataset.Channels} channels");
        if (options.LabelSize == 0 && dataset.Labels.Kind != LabelKind.None)
        {
            Say($"Labels:   there are some, but they are not used ({Names.UseLabels} uses them)");
        }
        else
        {
            Say($"Labels:   {(options.LabelSize > 0 ? options.LabelSize.ToString(CultureInfo.InvariantCulture) : "none")}");
        }

        string variant = options.Variant is string letter ? $" variant {letter}" : "";
        Say($"Preset:   {options.Preset}{variant}, batch {options.Batch}, {options.TotalImages / 1000.0} kimg");
        if (options.Growth is { } growth)
        {
            Growth(options, growth);
        }

        Say($"Gamma:    {options.GammaRule}");
        AugmentationOptions augmentation = options.Augmentation;
        log.Say(augmentation.Mode switch
        {
            AugmentationMode.None => "Augment:  none",
            AugmentationMode.DiffAugment => $"Augment:  differentiable, {augmentation.Policy}",
            AugmentationMode.Fixed =>
                string.Create(CultureInfo.InvariantCulture, $"Augment:  {augmentation.Pipeline} at {augmentation.Strength}"),
            _ => string.Create(
                CultureInfo.InvariantCulture, $"Augment:  {augmentation.Pipeline}, adaptive with target {augmentation.Target}"),
        });
        foreach (string remark in dataset.Remarks)
        {
            log.Warn(SafeText.Of(remark));
        }
    }

    internal void Metrics(SessionMetrics? metrics, MetricChoice choice)
    {
        if (metrics is null)
        {
            Say(choice.Wanted == MetricChoice.None
                ? $"Metrics:  none" : (OptionText)$"Metrics:  none; {Names.Metrics} fid measures the distance to the real images");
            return;
        }

        string names = string.Join(", ", metrics.Metrics.Select(m => m.Name));
        string space = metrics.Space is not { } given ? ""
            : given.IsOfTheField ? $", by features of {given.Name}"
            : $", by features of {given.Name} (no Inception: distances are named frechet, not fid)";
        Say($"Metrics:  {names}{space}");
    }

    internal void Start(StartFile start, string name)
    {
        if (!start.HasDiscriminator)
        {
            log.Warn($"{name} has no discriminator: a new one has to learn first, so images get worse before they get better.");
        }

        foreach (string remark in start.Remarks)
        {
            log.Warn(remark);
        }
    }

    internal void Networks(TrainedNetworks networks, World? world, int batch)
    {
        static string Count(Module module) => module.ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
        log.Say($"Networks: generator {Count(networks.GeneratorModule)} parameters, "
            + $"discriminator {Count(networks.DiscriminatorModule)}");
        if (world is not null)
        {
            string hosts = string.Join(", ", world.Members.Select(m => m.Host).Distinct());
            log.Say($"Together: {world.Size} processes on {hosts}, {batch / world.Size} images of a batch each");
        }
    }

    private void Growth(TrainingOptions options, GrowthOptions growth)
    {
        Say($"Growth:   from {growth.InitialResolution}x{growth.InitialResolution}, "
            + $"every resolution {growth.TrainImages / 1000.0} kimg, fading "
            + $"{growth.FadeImages / 1000.0} kimg; the full resolution is reached after {growth.FullAt / 1000.0} kimg");
        IEnumerable<string> batches = growth.Levels.Where(l => l.Resolution >= growth.InitialResolution)
            .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Resolution}x{l.Resolution} {l.Batch}"));
        Say($"Batches:  {string.Join(", ", batches)}");
        if (options.TotalImages < growth.FullAt)
        {
            OptionText warning =
                $"The run ends after {options.TotalImages / 1000.0} kimg, before the full resolution is reached: "
                    + $"a larger {Names.Kimg}, a smaller "
                + $"{Names.LevelKimg} or a smaller {Names.FadeKimg} changes that.";
            log.Warn(warning.ToString(nameOf));
        }
    }

    private void Say(OptionText line) => log.Say(line.ToString(nameOf));
}
