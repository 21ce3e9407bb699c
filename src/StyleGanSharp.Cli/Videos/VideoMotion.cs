namespace StyleGanSharp.Cli.Videos;

/// <summary>How the latents of a video move.</summary>
internal enum VideoMotion
{
    /// <summary>Smoothly through the seeds' w, the field's interpolation.</summary>
    Cubic,

    /// <summary>In straight lines through the seeds' w.</summary>
    Linear,

    /// <summary>Along great circles through the seeds' z.</summary>
    Slerp,

    /// <summary>Psi swings from one end to the other and back, once for each seed.</summary>
    Truncation,

    /// <summary>A great circle through each seed's z and back.</summary>
    Circle,

    /// <summary>A smooth random closed walk of z for each seed.</summary>
    Noise,

    /// <summary>Smoothly through the w of one seed in several classes.</summary>
    Classes,
}
