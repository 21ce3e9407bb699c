namespace StyleGanSharp.Projection;

/// <summary>
/// Learning rate and noise of the latents over a projection; t = step / steps in [0, 1]. Source: Karras et al. (2020),
/// appendix D.
/// </summary>
public static class ProjectionSchedule
{
    /// <summary>Rises linearly at first and falls by half a cosine at the end.</summary>
    /// <param name="options">Rate and lengths of the two ramps.</param>
    /// <param name="t">Place in the projection, in [0, 1].</param>
    public static double LearningRate(ProjectionOptions options, double t)
    {
        ArgumentNullException.ThrowIfNull(options);
        double down = options.RampDown == 0 ? 1 : Math.Min(1, (1 - t) / options.RampDown);
        double up = options.RampUp == 0 ? 1 : Math.Min(1, t / options.RampUp);
        return options.LearningRate * (0.5 - (0.5 * Math.Cos(Math.PI * down))) * up;
    }

    /// <summary>Standard deviation of the noise added to w, over the spread of w.</summary>
    /// <param name="options">Amount and length of the ramp.</param>
    /// <param name="t">Place in the projection, in [0, 1].</param>
    public static double LatentNoise(ProjectionOptions options, double t)
    {
        ArgumentNullException.ThrowIfNull(options);
        double left = options.LatentNoiseRamp == 0 ? 0 : Math.Max(0, 1 - (t / options.LatentNoiseRamp));
        return options.LatentNoise * left * left;
    }
}
