using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>The README's C# program is the text of a compiled method, and that method makes the image it promises.</summary>
[Collection(nameof(RunAlone))]
public sealed class ReadmeTests
{
    [Fact]
    public void The_program_is_the_compiled_one()
    {
        string root = RepositoryRoot.Find();
        string shown = Between(File.ReadAllText(Path.Combine(root, "README.md")), "```csharp\n", "```\n");
        string source = File.ReadAllText(Path.Combine(root, "tests", "StyleGanSharp.Cli.Tests", "ReadmeProgram.cs"));
        Assert.Equal(Lines(shown), Lines(Between(source, "// README begins\n", "// README ends\n")));
    }

    [Fact]
    public void The_program_saves_a_picture()
    {
        using var folder = new TemporaryFolder();
        File.Copy(CommandLine.Snapshot("sg2-skip-32"), folder["network.pkl"]);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            ReadmeProgram.Run();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        CommandLine.Succeed(
            "generate", "--network", folder["network.pkl"], "--seeds", "42", "--trunc", "0.7", "--outdir", folder["g"]);
        Assert.Equal(ImageFile.Read(folder["g/seed0042.png"]).Pixels, ImageFile.Read(folder["person.png"]).Pixels);
        Assert.Equal(File.ReadAllBytes(folder["g/seed0042.png"]), File.ReadAllBytes(folder["person.png"]));
        Assert.Equal(3 * 32, ImageFile.Identify(folder["mix.png"]).Width);
        Assert.True(new FileInfo(folder["film.gif"]).Length > 1000);
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Between(string text, string begin, string end)
    {
        text = text.ReplaceLineEndings("\n");
        int first = text.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(first >= 0, begin);
        first += begin.Length;
        return text[first..text.IndexOf(end, first, StringComparison.Ordinal)];
    }
}
