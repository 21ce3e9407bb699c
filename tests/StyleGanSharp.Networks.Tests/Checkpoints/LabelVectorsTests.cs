using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Tests.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>The sample of label vectors that a network file keeps.</summary>
[WithTensorScope]
public sealed class LabelVectorsTests : IDisposable
{
    private static readonly float[][] Some = [[0.5f, -2, 0], [1, 0, 1]];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Vectors_are_stored_and_read_as_they_are()
    {
        using IGenerator generator = SnapshotCase.Fixture("ada-skip-32-c3").Generator();
        NetworkFile.Write(folder["a.safetensors"], generator, new() { LabelVectors = Some });
        GeneratorFile.Open(folder["a.safetensors"]).Load(out NetworkMetadata metadata).Dispose();
        Assert.Equal(Some, metadata.LabelVectors);
        NetworkFile.Write(folder["b.safetensors"], generator);
        GeneratorFile.Open(folder["b.safetensors"]).Load(out metadata).Dispose();
        Assert.Empty(metadata.LabelVectors);
    }

    [Fact]
    public void Vectors_that_do_not_fit_are_not_written()
    {
        using IGenerator generator = SnapshotCase.Fixture("ada-skip-32-c3").Generator();
        foreach (float[][] wrong in new[] { [[1f, 2]], [[1, 2, float.NaN]], Enumerable.Repeat(Some[0], LabelVectors.MaxCount + 1)
            .ToArray() })
        {
            Assert.Throws<ArgumentException>(
                () => NetworkFile.Write(folder["a.safetensors"], generator, new() { LabelVectors = wrong }));
        }

        Assert.Empty(folder.Names);
        Assert.Equal((1, LabelVectors.MaxCount), (LabelVectors.Capacity(LabelVectors.MaxNumbers * 2), LabelVectors.Capacity(3)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1,2,3]")]
    [InlineData("[[1,2]]")]
    [InlineData("[[1,2,3,4]]")]
    [InlineData("[[1,2,\"3\"]]")]
    [InlineData("[[1,2,null]]")]
    [InlineData("[[1,2,1e999]]")]
    [InlineData("[[[1],2,3]]")]
    [InlineData("[[1,2,NaN]]")]
    public void Vectors_of_a_file_that_do_not_fit_are_refused(string text)
    {
        string path = folder["x.safetensors"];
        using IGenerator generator = SnapshotCase.Fixture("ada-skip-32-c3").Generator();
        NetworkFile.Write(path, generator);
        using (SafetensorsFile file = Safetensors.Read(path))
        {
            Dictionary<string, string> metadata = new(file.Metadata) { ["label_vectors"] = text };
            Safetensors.Write(path, file.Tensors.Select(t => (t.Key, t.Value)), metadata);
        }

        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load());
        Assert.StartsWith(path, error.Message);
        Assert.Contains("label vectors", error.Message);
    }
}
