namespace StyleGanSharp.Testing;

/// <summary>The shipped weights of the perceptual distance, and its authors' files.</summary>
public static class LpipsFiles
{
    /// <summary>SqueezeNet 1.1 with heads, as it is shipped (models/lpips).</summary>
    public static string SqueezeNet => Path.Combine(RepositoryRoot.Find(), "models", "lpips", "squeezenet.safetensors");

    /// <summary>The authors' heads for <c>alex</c>, <c>squeeze</c> or <c>vgg</c>, a file of torch.save.</summary>
    public static string Heads(string backbone) => Golden("heads", $"{backbone}.pth");

    /// <summary>One of the authors' images, 64x64: <c>ex_ref</c>, <c>ex_p0</c> or <c>ex_p1</c>.</summary>
    public static string Image(string name) => Golden("images", $"{name}.png");

    private static string Golden(string folder, string name) =>
        Path.Combine(RepositoryRoot.Find(), "tests", "golden-lpips", folder, name);
}
