using System.Text.Json;
using StyleGanSharp.Cli.Diagnosis;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Tests.Diagnosis;

/// <summary>What <c>doctor</c> says on the machine of the tests, which has everything required.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Names =
    [
        "program", "operating_system", "dotnet", "cpu", "simd", "memory", "libtorch", "shim", "left_out", "threads",
        "omp_wait_policy", "blas", "cuda", "processes",
        "libvips", "ffmpeg", "disk_working_folder", "disk_temporary",
    ];

    [Fact]
    public void Everything_is_looked_at_and_nothing_required_is_missing()
    {
        CommandResult result = CommandLine.Succeed("doctor", "--json");
        Assert.Empty(result.Messages);
        using JsonDocument document = JsonDocument.Parse(result.Results);
        Assert.True(document.RootElement.GetProperty("usable").GetBoolean());
        JsonElement[] findings = [.. document.RootElement.GetProperty("findings").EnumerateArray()];
        Assert.Equal(Names, findings.Select(f => f.GetProperty("name").GetString()));
        Assert.All(findings, f => Assert.NotEmpty(f.GetProperty("value").GetString()!));
        Assert.All(
            findings,
            f => Assert.Equal(
                f.GetProperty("state").GetString() == "ok", f.GetProperty("advice").ValueKind == JsonValueKind.Null));
        Assert.Contains(TorchLibrary.Version, findings.Single(f => f.GetProperty("name").GetString() == "libtorch").GetProperty(
            "value").GetString());
    }

    [Fact]
    public void The_text_has_a_line_for_everything()
    {
        string text = CommandLine.Succeed("doctor").Results;
        Assert.All(Names, name => Assert.Contains($" {name.Replace('_', ' ')} ", text));
    }

    [Fact]
    public void The_program_loads_no_library_that_libtorch_names_in_vain()
    {
        string list = Path.Combine(RepositoryRoot.Find(), "artifacts", "native", "standins", "libraries.txt");
        Assert.SkipUnless(
            File.Exists(list), "The shim was built against a libtorch that names nothing in vain, or without readelf.");
        using var folder = new TemporaryFolder();
        CommandResult result = CommandLine.Finish(CommandLine.Start(folder.Path, null, "doctor", "--json"));
        Assert.Contains($"{File.ReadAllLines(list).Length - 3} libraries", result.Results);
    }

    [Fact]
    public void Something_missing_makes_the_machine_unusable_and_is_counted()
    {
        Finding[] findings =
        [
            Finding.Ok("a", "1"), Finding.Warning("b", "slow", "make it fast"), Finding.Missing("c", "not found", "install c"),
        ];
        using var text = new StringWriter();
        FindingReport.WriteText(text, findings);
        Assert.False(FindingReport.IsUsable(findings));
        Assert.True(FindingReport.IsUsable(findings[..2]));
        Assert.Contains("-> install c", text.ToString());
        Assert.Contains("1 missing, 1 warning:", text.ToString());
        Assert.Contains("\"state\": \"missing\"", FindingReport.Json(findings));
    }
}
