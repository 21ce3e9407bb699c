using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StyleGanSharp.Torch.Tests.Code;

public sealed partial class LayeringTests
{
    // The table of docs/architecture.md. A new project under src/ needs its line here.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["StyleGanSharp.Torch"] = [],
        ["StyleGanSharp.Data"] = [],
        ["StyleGanSharp.Networks"] = ["StyleGanSharp.Torch"],
        ["StyleGanSharp.Faces"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data"],
        ["StyleGanSharp.Metrics"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Faces"],
        ["StyleGanSharp.Training"] =
            ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Generation",
                "StyleGanSharp.Metrics"],
        ["StyleGanSharp.Generation"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks"],
        ["StyleGanSharp.Projection"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks"],
        ["StyleGanSharp.Benchmarking"] =
            ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Generation",
                "StyleGanSharp.Training"],
        ["StyleGanSharp.Cli"] =
        [
            "StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Faces", "StyleGanSharp.Metrics",
            "StyleGanSharp.Training", "StyleGanSharp.Generation", "StyleGanSharp.Benchmarking",
        ],
    };

    [Fact]
    public void References_between_projects_follow_the_table()
    {
        string[] projects = [.. Repository.Files("src", "*.csproj")];
        Assert.Equal(Allowed.Keys.Order(), projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order());
        foreach (string project in projects)
        {
            IEnumerable<string> references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Empty(references.Except(Allowed[Path.GetFileNameWithoutExtension(project)]));
        }
    }

    [Fact]
    public void The_compiler_sees_direct_references_only() => Assert.Contains(
        "<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>", Repository.Read("Directory.Build.props"),
        StringComparison.Ordinal);

    [Fact]
    public void Libraries_name_no_flags_and_commands_and_use_no_console()
    {
        // Flags of other programs.
        string[] compilers = ["CudaTarget.cs", "CudaSources.cs", "NvrtcCompiler.cs", "FontList.cs"];
        IEnumerable<string> sources = Repository.Files("src", "*.cs")
            .Where(f => !f.Contains("StyleGanSharp.Cli", StringComparison.Ordinal) && !compilers.Contains(Path.GetFileName(f)));
        Assert.Empty(sources.SelectMany(f => File.ReadLines(f)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && FlagOrCommand().IsMatch(line))
            .Select(line => $"{Path.GetFileName(f)}: {line.Trim()}")));
    }

    [GeneratedRegex(""" "[^"]*(?<![\w-])--[a-z]|"[^"]*['`(]stylegan\s|\bConsole\. """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex FlagOrCommand();
}
