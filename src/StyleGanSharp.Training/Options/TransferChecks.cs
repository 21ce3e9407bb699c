namespace StyleGanSharp.Training.Options;

/// <summary>Whether networks to start from fit data and request; what does not is explained with the ways out.</summary>
internal static class TransferChecks
{
    internal static IEnumerable<string> Problems(StartingNetworks start, TrainingRequest request, Preset preset, DatasetFacts data)
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
            yield return $"--resume {start.Path} is a {start.Kind}, --cfg {preset.Name} trains a {wanted}: weights cannot move between them; choose --cfg {start.Presets}.";
        }

        if ((start.Resolution != data.Width || start.Resolution != data.Height) && !start.CanEnlargeTo(data.Width, data.Height))
        {
            yield return
                $"--resume {start.Path} makes pictures of {start.Resolution}x{start.Resolution}, --data has {data.Width}x{data.Height}: make a set with " +
                $"`dataset create --resolution {start.Resolution}x{start.Resolution}`, or start from a network of the data's size.";
        }

        if (start.Channels != data.Channels)
        {
            string channels = start.Channels switch { 1 => "gray", 3 => "rgb", _ => "rgba" };
            yield return
                $"--resume {start.Path} makes pictures of {start.Channels} channels, --data has {data.Channels}: make a set with " +
                $"`dataset create --channels {channels}`, or start from a network of the data's channels.";
        }

        int labels = request.Data.UseLabels ? data.LabelSize : 0;
        if (start.LabelSize != labels)
        {
            yield return start.LabelSize == 0
                ? $"--resume {start.Path} has no labels, --cond trains with {labels}: leave --cond out, or start from a network with {labels} labels."
                : labels == 0
                ? $"--resume {start.Path} has {start.LabelSize} labels, and the run has none: add --cond with data of {start.LabelSize} labels, or start from an unconditional network."
                : $"--resume {start.Path} has {start.LabelSize} labels, --data has {labels}: make a set with the same labels, or start from an unconditional network without --cond.";
        }

        foreach ((string option, int? given, int own) in new[]
        {
            ("--cbase", request.ChannelBase, start.ChannelBase), ("--cmax", request.ChannelMax, start.ChannelMax),
            ("--map-depth", request.MappingLayers, start.MappingLayers), ("--latent", request.LatentSize, start.LatentSize),
        })
        {
            if (given is int value && value != own)
            {
                yield return $"{option} {value} contradicts --resume {start.Path}, which has {own}: leave it out, the network's own is taken.";
            }
        }
    }
}
