using StyleGanSharp.Networks;

namespace StyleGanSharp.Training.Options;

/// <summary>Whether networks to start from fit data and request; what does not is explained with the ways out.</summary>
internal static class TransferChecks
{
    internal static IEnumerable<string> Problems(
        StartingNetworks start, TrainingRequest request, Preset preset, NetworkDesign design, DatasetFacts data)
    {
        string wanted = preset.Family.Title(preset.Family.Generator(design));
        if (start.Kind != wanted)
        {
            yield return $"--resume {start.Path} is a {start.Kind}, --cfg {preset.Name} trains a {wanted}: weights cannot move between them; choose --cfg {start.Presets}.";
        }

        IGeneratorOptions own = start.Generator;
        if ((own.Resolution != data.Width || own.Resolution != data.Height) && !start.CanEnlargeTo(data.Width, data.Height))
        {
            yield return
                $"--resume {start.Path} makes pictures of {own.Resolution}x{own.Resolution}, --data has {data.Width}x{data.Height}: make a set with " +
                $"`dataset create --resolution {own.Resolution}x{own.Resolution}`, or start from a network of the data's size.";
        }

        if (own.ImageChannels != data.Channels)
        {
            string channels = own.ImageChannels switch { 1 => "gray", 3 => "rgb", _ => "rgba" };
            yield return
                $"--resume {start.Path} makes pictures of {own.ImageChannels} channels, --data has {data.Channels}: make a set with " +
                $"`dataset create --channels {channels}`, or start from a network of the data's channels.";
        }

        int labels = design.CDim;
        if (own.CDim != labels)
        {
            yield return own.CDim == 0
                ? $"--resume {start.Path} has no labels, --cond trains with {labels}: leave --cond out, or start from a network with {labels} labels."
                : labels == 0
                ? $"--resume {start.Path} has {own.CDim} labels, and the run has none: add --cond with data of {own.CDim} labels, or start from an unconditional network."
                : $"--resume {start.Path} has {own.CDim} labels, --data has {labels}: make a set with the same labels, or start from an unconditional network without --cond.";
        }

        foreach ((string option, int? given, int taken) in new[]
        {
            ("--cbase", request.ChannelBase, own.ChannelBase), ("--cmax", request.ChannelMax, own.ChannelMax),
            ("--map-depth", request.MappingLayers, own.MappingLayers), ("--latent", request.LatentSize, own.ZDim),
        })
        {
            if (given is int value && value != taken)
            {
                yield return $"{option} {value} contradicts --resume {start.Path}, which has {taken}: leave it out, the network's own is taken.";
            }
        }
    }
}
