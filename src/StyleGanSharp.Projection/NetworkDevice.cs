using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection;

/// <summary>Where a network's weights lie.</summary>
internal static class NetworkDevice
{
    internal static Device Of(IGenerator generator) =>
        (generator as Module)?.NamedTensors().Select(t => t.Value.Device).FirstOrDefault() ?? generator.WAvg?.Device
            ?? Device.Cpu;
}
