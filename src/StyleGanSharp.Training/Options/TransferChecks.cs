using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Training.Options;

/// <summary>Whether networks to start from fit data and request; what does not is explained with the ways out.</summary>
internal static class TransferChecks
{
    internal static IEnumerable<OptionProblem> Problems(StartingNetworks start, TrainingRequest request, Preset preset, DatasetFacts data)
    {
        string wanted = preset.Generator switch
        {
            GeneratorKind.StyleGan2 => preset.Growth is null ? "StyleGAN2" : "growing StyleGAN2",
            GeneratorKind.StyleGan3T => "StyleGAN3-T",
            GeneratorKind.StyleGan3R => "StyleGAN3-R",
            GeneratorKind.StyleGan1 => "StyleGAN",
            _ => "ProGAN",
        };
        if (start.Kind != wanted)
        {
            yield return Fault(
                $"is a {start.Kind}, {Names.Preset} {preset.Name} trains a {wanted}: weights cannot move between them; choose "
                + $"{Names.Preset} {start.Presets}");
        }

        if ((start.Resolution != data.Width || start.Resolution != data.Height) && !start.CanEnlargeTo(data.Width, data.Height))
        {
            yield return Fault(
                $"makes images of {start.Resolution}x{start.Resolution}, {Names.Data} has {data.Width}x{data.Height}: start from a network of "
                + $"the data's size",
                new CreationAdvice(request.Data.Path) { Side = start.Resolution });
        }

        if (start.Channels != data.Channels)
        {
            yield return Fault(
                $"makes images of {start.Channels} channels, {Names.Data} has {data.Channels}: start from a network of the data's channels",
                new CreationAdvice(request.Data.Path) { Channels = start.Channels });
        }

        int labels = request.Data.UseLabels ? data.LabelSize : 0;
        if (start.LabelSize == 0 && labels > 0)
        {
            yield return Fault(
                $"has no labels, {Names.UseLabels} trains with {labels}: leave {Names.UseLabels} out, or start from a network with {labels} labels");
        }
        else if (start.LabelSize > 0 && labels == 0)
        {
            yield return Fault(
                $"has {start.LabelSize} labels, and the run has none: add {Names.UseLabels} with data of {start.LabelSize} labels, or start from "
                + $"an unconditional network");
        }
        else if (start.LabelSize != labels)
        {
            yield return Fault(
                $"has {start.LabelSize} labels, {Names.Data} has {labels}: use data with the same labels, or start from an unconditional network "
                + $"without {Names.UseLabels}");
        }

        foreach (OptionProblem? problem in new[]
        {
            Contradiction(Names.ChannelBase, request.ChannelBase, start.ChannelBase),
            Contradiction(Names.ChannelMax, request.ChannelMax, start.ChannelMax),
            Contradiction(Names.MappingLayers, request.MappingLayers, start.MappingLayers),
            Contradiction(Names.LatentSize, request.LatentSize, start.LatentSize),
        })
        {
            if (problem is not null)
            {
                yield return problem;
            }
        }

        OptionProblem Fault(OptionText reason, CreationAdvice? advice = null) => Options.Problems.Of(Names.StartFrom, start.Path, reason, advice);

        OptionProblem? Contradiction(OptionName option, int? given, int own) => given is null || given == own ? null : Options.Problems.Of(
            option, given, $"contradicts {Names.StartFrom} {start.Path}, which has {own}: leave it out, the network's own is taken");
    }
}
