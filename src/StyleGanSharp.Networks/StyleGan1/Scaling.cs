namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>What a <see cref="Convolution"/> does to the resolution.</summary>
internal enum Scaling
{
    None,
    Up,
    Down,
}
