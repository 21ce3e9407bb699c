using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Options;

/// <summary>Whether networks to start from fit data and request; what does not is explained with the ways out.</summary>
internal static class TransferChecks
{
    internal static IEnumerable<OptionProblem> Problems(
        StartingNetworks start, TrainingRequest request, Preset preset, NetworkDesign design, DatasetFacts data)
    {
        string wanted = preset.Family.Title(preset.Family.Generator(design));
        if (start.Kind != wanted)
        {
            yield return Fault(
                $"is a {start.Kind}, {Names.Preset} {preset.Name} trains a {wanted}: weights cannot move between them; choose "
                + $"{Names.Preset} {start.Presets}");
        }

        IGeneratorOptions own = start.Generator;
        if ((own.Resolution != data.Width || own.Resolution != data.Height) && !start.CanEnlargeTo(data.Width, data.Height))
        {
            yield return Fault(
                $"makes images of {own.Resolution}x{own.Resolution}, {Names.Data} has {data.Width}x{data.Height}: "
                    + $"start from a network of "
                + $"the data's size",
                new CreationAdvice(request.Data.Path) { Side = own.Resolution });
        }

        if (own.ImageChannels != data.Channels)
        {
            yield return Fault(
                $"makes images of {own.ImageChannels} channels, {Names.Data} has {data.Channels}: "
                    + $"start from a network of the data's channels",
                new CreationAdvice(request.Data.Path) { Channels = own.ImageChannels });
        }

        int labels = design.CDim;
        if (own.CDim == 0 && labels > 0)
        {
            yield return Fault(
                $"has no labels, {Names.UseLabels} trains with {labels}: leave {Names.UseLabels} out, "
                    + $"or start from a network with {labels} labels");
        }
        else if (own.CDim > 0 && labels == 0)
        {
            yield return Fault(
                $"has {own.CDim} labels, and the run has none: add {Names.UseLabels} with data of "
                    + $"{own.CDim} labels, or start from "
                + $"an unconditional network");
        }
        else if (own.CDim != labels)
        {
            yield return Fault(
                $"has {own.CDim} labels, {Names.Data} has {labels}: use data with the same labels, "
                    + $"or start from an unconditional network "
                + $"without {Names.UseLabels}");
        }

        foreach (OptionProblem? problem in new[]
        {
            Contradiction(Names.ChannelBase, request.ChannelBase, own.ChannelBase),
            Contradiction(Names.ChannelMax, request.ChannelMax, own.ChannelMax),
            Contradiction(Names.MappingLayers, request.MappingLayers, own.MappingLayers),
            Contradiction(Names.LatentSize, request.LatentSize, own.ZDim),
        })
        {
            if (problem is not null)
            {
                yield return problem;
            }
        }

        OptionProblem Fault(OptionText reason, CreationAdvice? advice = null) =>
            Options.Problems.Of(Names.StartFrom, start.Path, reason, advice);

        OptionProblem? Contradiction(OptionName option, int? given, int? taken) =>
            given is null || given == taken ? null : Options.Problems.Of(
            option, given, $"contradicts {Names.StartFrom} {start.Path}, which has {taken}: leave it out, "
                + $"the network's own is taken");
    }
}
