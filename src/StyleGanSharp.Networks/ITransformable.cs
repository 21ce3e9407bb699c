namespace StyleGanSharp.Networks;

/// <summary>A generator whose images can be moved, turned and scaled at their source, before anything is sampled.</summary>
public interface ITransformable
{
    /// <summary>The transform in effect, 3x3.</summary>
    double[,] GetTransform();

    /// <summary>Replaces the transform that is applied to every image from now on.</summary>
    /// <param name="matrix">
    /// 3x3, from places in the new image to places in the untransformed one, in units of the image's width from its middle; see
    /// <see cref="ImageTransform"/>.
    /// </param>
    /// <exception cref="ArgumentException">The matrix has another size.</exception>
    void SetTransform(double[,] matrix);
}
