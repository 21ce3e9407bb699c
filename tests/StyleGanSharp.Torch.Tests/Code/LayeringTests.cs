using System.Xml.Linq;

namespace StyleGanSharp.Torch.Tests.Code;

public sealed class LayeringTests
{
    private const int MaxFileBytes = 25_000;

    // The table of docs/architecture.md. A new project under src/ needs its line here.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["StyleGanSharp.Torch"] = [],
        ["StyleGanSharp.Data"] = [],
        ["StyleGanSharp.Networks"] = ["StyleGanSharp.Torch"],
        ["StyleGanSharp.Faces"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data"],
        ["StyleGanSharp.Metrics"] = ["StyleGanSharp.Torch", "StyleGanSharp.Networks", "StyleGanSharp.Data"],
        ["StyleGanSharp.Training"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Metrics"],
        ["StyleGanSharp.Generation"] = ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks"],
        ["StyleGanSharp.Cli"] =
            ["StyleGanSharp.Torch", "StyleGanSharp.Data", "StyleGanSharp.Networks", "StyleGanSharp.Metrics", "StyleGanSharp.Training", "StyleGanSharp.Generation",
                "StyleGanSharp.Faces"],
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
    public void No_source_file_is_too_long_to_be_read()
    {
        string[] tooLong = [.. Repository.Files("src", "*.cs").Concat(Repository.Files("native", "*.*"))
            .Where(f => new FileInfo(f).Length > MaxFileBytes)];
        Assert.Empty(tooLong);
    }
}
