namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Which StyleGAN a generator is. StyleGAN2 discriminators are the same in all of them.</summary>
public enum NetworkGeneration
{
    /// <summary>Nothing this program recognises.</summary>
    Unknown,

    /// <summary>ProGAN, of the TensorFlow or the Theano program.</summary>
    ProGan,

    /// <summary>StyleGAN of the TensorFlow program.</summary>
    StyleGan1,

    /// <summary>StyleGAN2 as its first program, of TensorFlow, saves it; grown progressively or not.</summary>
    StyleGan2TensorFlow,

    /// <summary>StyleGAN2 as the StyleGAN2-ADA program for TensorFlow saves it.</summary>
    StyleGan2AdaTensorFlow,

    /// <summary>StyleGAN2 as the StyleGAN2-ADA program for PyTorch saves it.</summary>
    StyleGan2Ada,

    /// <summary>StyleGAN2 as the StyleGAN3 program saves it.</summary>
    StyleGan2,

    /// <summary>StyleGAN3 with other options than -T and -R.</summary>
    StyleGan3,

    /// <summary>StyleGAN3-T: equivariant to translation.</summary>
    StyleGan3T,

    /// <summary>StyleGAN3-R: equivariant to translation and rotation.</summary>
    StyleGan3R,
}
