using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Tests.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>StyleGAN2 generators in the layout of ".pt" files.</summary>
[WithTensorScope]
public sealed class ConvertedRosinalityTests
{
    private const double Tolerance = 1e-5;

    private static readonly string[] Names = ["a.pt", "b.pt"];

    [Theory, InlineData("sg2-skip-32"), InlineData("sg2-skip-64")]
    public void A_written_generator_reads_back_with_equal_pictures(string name)
    {
        using GradMode mode = GradMode.Off();
        using var folder = new TemporaryFolder();
        using IGenerator before = SnapshotCase.Fixture(name).Generator();
        Assert.Null(RosinalityFile.Obstacle(before));
        byte[][] files = [.. Names.Select(file =>
        {
            using (FileStream stream = File.Create(folder[file]))
            {
                RosinalityFile.Write(stream, before);
            }

            return File.ReadAllBytes(folder[file]);
        })];
        Assert.Equal(files[0], files[1]);
        using IGenerator after = GeneratorFile.Open(folder["a.pt"]).Load();
        float[] expected = ConvertedNetworkTests.Picture(before), found = ConvertedNetworkTests.Picture(after);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), p => Assert.InRange(Math.Abs(p.First - p.Second), 0, Tolerance));
        Assert.Equal(before.WAvg!.ToArray<float>(), after.WAvg!.ToArray<float>());
    }

    [Theory, InlineData("sg2-resnet-32-c5"), InlineData("sg2-gray-16-c2"), InlineData("ada-skip-32-c3"), InlineData("sg3t-32")]
    public void What_the_layout_cannot_hold_is_said(string name)
    {
        using IGenerator generator = NetworkLoader.LoadGenerator(SnapshotCase.Fixture(name).File);
        Assert.NotNull(RosinalityFile.Obstacle(generator));
        Assert.Throws<ArgumentException>(() => RosinalityFile.Write(Stream.Null, generator));
    }
}
