namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>How the weights of a layer lie in files of the time before PyTorch.</summary>
internal enum ProGanLayout
{
    /// <summary>Convolution: TensorFlow [k, k, in, out]; Theano [out, in, k, k] mirrored, 1x1 [in, out].</summary>
    Convolution,

    /// <summary>
    /// Upsampling in one step. Repeating pixels and then correlating gives the same with the kernel mirrored. [k, k, in, out], in
    /// files of class tfutil.Network [k, k, out, in].
    /// </summary>
    Upsampling,

    /// <summary>Fully connected: [in, out].</summary>
    Dense,

    /// <summary>Vector to 4x4 maps: TensorFlow [in, out·16]; Theano [out, in, 4, 4].</summary>
    DenseToMaps,

    /// <summary>4x4 maps to a vector: TensorFlow [in·16, out]; Theano [out, in, 4, 4] mirrored.</summary>
    DenseFromMaps,
}

/// <summary>A layer of a ProGAN network: what it is called here and in files.</summary>
/// <param name="Name">Name here, e.g. <c>b8.conv0</c>.</param>
/// <param name="Scope">Name in TensorFlow files, e.g. <c>8x8/Conv0_up</c>.</param>
/// <param name="Layout">How the weights lie.</param>
/// <param name="Inputs">Input features or maps.</param>
/// <param name="Outputs">Output features or maps.</param>
/// <param name="Kernel">Width and height of kernel or maps; 1 for plain vectors.</param>
/// <param name="Gain">Gain of the equalised learning rate.</param>
internal sealed record ProGanLayer(
    string Name, string Scope, ProGanLayout Layout, int Inputs, int Outputs, int Kernel, double Gain)
{
    /// <summary>The factor that the layer applies to stored weights.</summary>
    public double Scale => Gain / Math.Sqrt(Layout switch
    {
        ProGanLayout.Dense or ProGanLayout.DenseToMaps => Inputs,
        _ => (long)Inputs * Kernel * Kernel,
    });
}
