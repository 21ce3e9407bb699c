using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Names of snapshots and grids, and what keeps them from replacing each other.</summary>
public sealed class SnapshotNamesTests
{
    private const long Images = 40;

    [Fact, NoLeaks]
    public void Snapshots_and_grids_of_one_kimg_do_not_replace_each_other_also_after_a_death()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = TinyRun.Options(Images) with { SnapshotTicks = 1 };
        TinyRun.Run(folder["whole"], options);
        string[] names = Names(folder["whole"]);
        Assert.Equal(
            ["000000", "000000_020", "000000_028", "000000_036", "000000_040"],
            names.Where(n => n.StartsWith("network-snapshot-", StringComparison.Ordinal)).Select(
                n => n["network-snapshot-".Length..n.IndexOf('.', StringComparison.Ordinal)]));
        Assert.Equal(
            names.Length, names.Where(n => n != "fakes_init.png").Select(
                n => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
                File.ReadAllBytes(Path.Combine(folder["whole"], n))))).Distinct().Count() + 1);

        // Killed after every iteration that follows a snapshot, before the state is saved again.
        for (int death = 2; death < 9; death += 2)
        {
            int done = 0;
            string killed = folder[$"killed{death}"];
            var settings = new RunSettings
            {
                SaveInterval = TimeSpan.FromHours(1),
                IterationDone = _ => DeathException.ThrowIf(
                ++done == death)
            };
            Assert.Throws<DeathException>(() => TinyRun.Run(killed, options, settings));
            TinyRun.Run(killed, options);
            Assert.Equal(names, Names(killed));
            Assert.All(names, n =>
                Assert.True(File.ReadAllBytes(Path.Combine(folder["whole"], n)).SequenceEqual(
                    File.ReadAllBytes(Path.Combine(killed, n))), n));
        }

        static string[] Names(string run) =>
            [.. Directory.GetFiles(run).Select(f => Path.GetFileName(f)!).Where(
                n => n.StartsWith("network-snapshot", StringComparison.Ordinal)
                || n.StartsWith("fakes", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(123_456, -1, "000123")]
    [InlineData(123_456, 122_999, "000123")]
    [InlineData(123_456, 123_000, "000123_456")]
    [InlineData(123_456, 123_456, "000123")]
    [InlineData(123_004, 123_001, "000123_004")]
    [InlineData(640, -1, "000000")]
    [InlineData(1_234_567_890, 1_234_567_000, "1234567_890")]
    public void Names_are_whole_kimg_where_that_is_unambiguous(long images, long plain, string expected)
    {
        using var folder = new TemporaryFolder();
        using RunFolder run = RunFolder.Open(folder["run"]);
        Assert.Equal($"network-snapshot-{expected}.safetensors", Path.GetFileName(run.Snapshot(images, plain)));
        Assert.Equal($"fakes{expected}.png", Path.GetFileName(run.Fakes(images, plain)));
    }

    [Fact, NoLeaks]
    public void A_state_that_does_not_know_the_names_leaves_existing_files_alone()
    {
        using var folder = new TemporaryFolder();
        TinyRun.Run(folder["run"], TinyRun.Options(8));
        string path = Path.Combine(folder["run"], "training-state.safetensors"), snapshot = Path.Combine(
            folder["run"], "network-snapshot-000000.safetensors");
        using (SafetensorsFile state = Safetensors.Read(path))
        {
            string progress = state.Metadata["progress"];
            Assert.Contains(",\"plain_snapshot\":8,\"plain_grid\":8", progress, StringComparison.Ordinal);
            var older = new Dictionary<string, string>(
                state.Metadata)
            {
                ["progress"] = progress.Replace(
                    ",\"plain_snapshot\":8,\"plain_grid\":8", "", StringComparison.Ordinal)
            };
            Safetensors.Write(folder["older"], state.Tensors.Select(t => (t.Key, t.Value)), older);
        }

        File.Move(folder["older"], path, overwrite: true);
        byte[] before = File.ReadAllBytes(snapshot);
        TinyRun.Run(folder["run"], TinyRun.Options(16));
        Assert.Equal(before, File.ReadAllBytes(snapshot));
        Assert.True(File.Exists(Path.Combine(folder["run"], "network-snapshot-000000_016.safetensors")));
        Assert.True(File.Exists(Path.Combine(folder["run"], "fakes000000_016.png")));
    }
}
