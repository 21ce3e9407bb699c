using System.Diagnostics;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>
/// The help pages are kept in docs/help, one per verb (<c>dataset-create</c> for a verb of a verb); STYLEGAN_UPDATE_HELP=1 writes
/// them anew. They look the same on every terminal and in every language.
/// </summary>
public sealed class HelpTests
{
    private const string UpdateVariable = "STYLEGAN_UPDATE_HELP";
    private const int MaxColumns = 120;

    private static string Folder => Path.Combine(RepositoryRoot.Find(), "docs", "help");

    public static TheoryData<string> Verbs
    {
        get
        {
            var output = new CommandOutput(TextWriter.Null, TextWriter.Null, isTerminal: false);
            return [.. CommandLineApp.CreateRoot(output).Subcommands.Select(c => c.Name)];
        }
    }

    public static TheoryData<string> Pages
    {
        get
        {
            var output = new CommandOutput(TextWriter.Null, TextWriter.Null, isTerminal: false);
            return [.. CommandLineApp.CreateRoot(output).Subcommands.SelectMany(
                c => (string[])[c.Name, .. c.Subcommands.Select(s => $"{c.Name} {s.Name}")])];
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void The_page_of_a_verb_is_what_it_prints(string verb)
    {
        // The program itself, because its name stands in the page.
        using Process process = CommandLine.Start(Folder, null, [.. verb.Split(' '), "--help"]);
        CommandResult result = CommandLine.Finish(process);
        Assert.Equal((0, ""), (result.Code, result.Messages));
        string text = string.Join('\n', result.Results.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
            .TrimEnd('\n') + "\n";
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, MaxColumns));
        string page = Path.Combine(Folder, $"{verb.Replace(' ', '-')}.txt");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(page, text);
        }

        Assert.True(File.Exists(page), $"{page} is missing: run this test with {UpdateVariable}=1.");
        Assert.True(
            text == File.ReadAllText(page).ReplaceLineEndings("\n"),
            $"{page} is not what 'stylegan {verb} --help' prints: run this test with {UpdateVariable}=1.\n{text}");
    }

    [Fact]
    public void Every_page_has_its_verb() => Assert.Empty(
        Directory.GetFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)).Except(
            Pages.Select(v => v.Data.Replace(' ', '-'))));

    [Fact]
    public void Without_a_verb_the_verbs_are_listed()
    {
        CommandResult result = CommandLine.Succeed();
        Assert.All(Verbs, verb => Assert.Contains($"  {verb.Data} ", result.Results));
        Assert.Empty(result.Messages);
    }
}
