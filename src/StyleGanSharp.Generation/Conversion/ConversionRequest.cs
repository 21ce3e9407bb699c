using StyleGanSharp.Networks;

namespace StyleGanSharp.Generation.Conversion;

/// <summary>What a network file is to be written as.</summary>
public sealed record ConversionRequest
{
    /// <summary>Any readable snapshot; nothing in it is executed.</summary>
    public required string Source { get; init; }

    /// <summary>The file to write: .safetensors, or .pt for the layout of rosinality's StyleGAN2.</summary>
    public required string Target { get; init; }

    /// <summary>Replace the target if it exists.</summary>
    public bool Replace { get; init; }

    /// <summary>Text file with one class name a line, to store in a .safetensors file; null: the source's own names.</summary>
    public string? ClassNamesFile { get; init; }

    /// <summary>Where coarse, middle and fine begin, to store in a .safetensors file; null: what the source says.</summary>
    public StyleLevels? Levels { get; init; }

    /// <summary>Store weights as float16 in a .safetensors file: half the size, values rounded to 11 bits.</summary>
    public bool HalfSize { get; init; }
}
