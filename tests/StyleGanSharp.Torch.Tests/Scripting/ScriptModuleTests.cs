using System.IO.Compression;
using System.Text;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Scripting;
using TemporaryFolder = StyleGanSharp.Torch.Tests.IO.TemporaryFolder;

namespace StyleGanSharp.Torch.Tests.Scripting;

[WithTensorScope]
public sealed class ScriptModuleTests : IDisposable
{
    // Sums of 64 numbers in float32, divided by 255.
    private const double Tolerance = 1e-6;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Features_are_what_the_script_computes()
    {
        using ScriptModule module = ScriptModule.Load(DetectorFile.Path);
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 8 * 8).Select(i => (byte)(i * 37))];
        float[] features = module.Call(Tensor.From(pixels, [2, 3, 8, 8]), ("return_features", true)).ToArray<float>();
        Assert.Equal(2 * DetectorFile.Size, features.Length);
        for (int i = 0; i < features.Length; i++)
        {
            // Feature i: image and channel i / 4, quadrant (row, column) = i % 4 / 2, i % 2.
            double sum = 0;
            for (int y = 0; y < 4; y++)
            {
                for (int x = 0; x < 4; x++)
                {
                    sum += pixels[(i / 4 * 64) + (((i % 4 / 2 * 4) + y) * 8) + (i % 2 * 4) + x];
                }
            }

            Assert.Equal(sum / 16 / 255, features[i], Tolerance);
        }
    }

    [Fact]
    public void Every_flag_of_the_fields_detectors_arrives()
    {
        using ScriptModule module = ScriptModule.Load(DetectorFile.Path);
        Tensor black = Tensor.Zeros([1, 3, 16, 16], DType.UInt8);
        double e = Math.Exp(1);
        Assert.Equal([e / (e + 1), 1 / (e + 1)], module.Call(black).ToArray<double>(), (a, b) => Math.Abs(a - b) < Tolerance);
        Assert.Equal([0.5, 0.5], module.Call(black, ("no_output_bias", true)).ToArray<double>());
        Assert.Equal([1, 3 * 16 * 16], module.Call(black, ("return_lpips", true), ("resize_images", false)).Shape.ToArray());
        Assert.Equal([1, 3 * 8 * 8], module.Call(black, ("return_lpips", true), ("resize_images", true)).Shape.ToArray());
    }

    [Fact]
    public void Calls_with_other_shapes_and_on_other_threads_give_the_same_numbers()
    {
        using ScriptModule module = ScriptModule.Load(DetectorFile.Path);
        foreach (int size in (int[])[8, 8, 8, 16, 5, 8])
        {
            var results = new float[4][];
            Parallel.For(0, results.Length, i =>
            {
                using var scope = new TensorScope();
                results[i] = module.Call(
                    Tensor.Full([3, 3, size, size], 255, DType.UInt8), ("return_features", true)).ToArray<float>();
            });
            Assert.All(results, r => Assert.Equal(Enumerable.Repeat(1f, 3 * DetectorFile.Size), r));
        }
    }

    [Fact]
    public void A_failing_call_is_one_sentence_with_the_file_and_the_scripts_reason()
    {
        using ScriptModule module = ScriptModule.Load(DetectorFile.Path);
        var e = Assert.Throws<ScriptModuleException>(
            () => module.Call(Tensor.Zeros([1, 1, 8, 8], DType.UInt8), ("return_features", true)));
        Assert.Contains("quadrants.pt failed", e.Message);
        Assert.Contains("three channels are needed", e.Message);
        Assert.Contains("[1, 1, 8, 8]", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void An_unknown_keyword_is_named()
    {
        using ScriptModule module = ScriptModule.Load(DetectorFile.Path);
        var e = Assert.Throws<ScriptModuleException>(
            () => module.Call(Tensor.Zeros([1, 3, 8, 8], DType.UInt8), ("use_fp16", true)));
        Assert.Contains("use_fp16", e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>Not found</html>", "a web page")]
    [InlineData("\n <html>", "a web page")]
    [InlineData("", "is not a TorchScript file")]
    [InlineData("\u0080\u0002}q\0.", "is not a TorchScript file")]
    [InlineData("PK\u0003\u0004 and nothing more", "cut off or damaged")]
    public void What_is_no_archive_is_named(string text, string problem) => Refused(Encoding.Latin1.GetBytes(text), problem);

    [Theory]
    [InlineData("archive/data.pkl", "torch.jit.save is needed")]
    [InlineData("00000/img00000000.png", "without TorchScript")]
    [InlineData("archive/constants.pkl", "could not be loaded")]
    public void Archives_of_something_else_are_named(string entry, string problem) => Refused(Archive(entry, [1, 2, 3]), problem);

    [Fact]
    public void Parts_that_claim_more_than_the_file_has_are_refused_before_any_memory_is_asked_for()
    {
        byte[] bomb = Archive("archive/constants.pkl", new byte[65 << 20]);
        Assert.True(bomb.Length < 1 << 20);
        Refused(bomb, "claim more bytes");
    }

    [Fact]
    public void A_cut_off_file_is_refused_at_every_length()
    {
        byte[] whole = File.ReadAllBytes(DetectorFile.Path);
        for (int length = 0; length < whole.Length; length += 97)
        {
            Refused(whole[..length], "");
        }
    }

    [Fact]
    public void Damaged_bytes_never_end_the_process()
    {
        byte[] whole = File.ReadAllBytes(DetectorFile.Path);
        int refused = 0;
        for (int at = 0; at < whole.Length; at += 53)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0xFF;
            string path = folder.File("damaged.pt");
            File.WriteAllBytes(path, damaged);
            try
            {
                ScriptModule.Load(path).Dispose(); // Padding and dates may be anything.
            }
            catch (ScriptModuleException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public void A_missing_file_is_a_file_fault() =>
        Assert.Throws<FileNotFoundException>(() => ScriptModule.Load(folder.File("none.pt")));

    private static byte[] Archive(string entry, byte[] content)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = archive.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return memory.ToArray();
    }

    private void Refused(byte[] bytes, string problem)
    {
        string path = folder.File("detector.pt");
        File.WriteAllBytes(path, bytes);
        var e = Assert.Throws<ScriptModuleException>(() => ScriptModule.Load(path));
        Assert.StartsWith(path, e.Message);
        Assert.Contains(problem, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }
}
