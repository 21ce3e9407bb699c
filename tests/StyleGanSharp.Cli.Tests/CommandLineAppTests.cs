using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>Verbs, flags and exit codes of the program as a whole.</summary>
public sealed class CommandLineAppTests
{
    [Fact]
    public void An_unknown_verb_is_answered_with_the_list()
    {
        string sentence = CommandLine.Refuse("generat");
        Assert.Contains("'generat' is not a command; there are generate, mix", sentence);
    }

    [Fact]
    public void An_unknown_flag_and_a_missing_value_point_to_the_help()
    {
        Assert.Contains("see: stylegan inspect --help", CommandLine.Refuse("inspect", "a.pkl", "--yaml"));
        Assert.Contains("see: stylegan generate --help", CommandLine.Refuse("generate", "--network"));
        Assert.Contains("see: stylegan inspect --help", CommandLine.Refuse("inspect"));
    }

    [Fact]
    public void Messages_point_to_the_whole_command()
    {
        Assert.Contains("see: stylegan dataset create --help", CommandLine.Refuse("dataset", "create", "--nonsense"));
        Assert.Contains("see: stylegan bench train --help", CommandLine.Refuse("bench", "train", "--nonsense"));
        Assert.Contains("see: stylegan dataset --help", CommandLine.Refuse("dataset", "creat"));
    }

    [Theory]
    [InlineData("--trunc_cutoff", "--trunc-cutoff")]
    [InlineData("--projected_w=my_file.npz", "--projected-w=my_file.npz")]
    [InlineData("my_folder", "my_folder")]
    public void Underscores_in_flags_are_hyphens(string given, string meant) =>
        Assert.Equal(["generate", meant], CommandLineApp.Normalize(["generate", given]));

    [Fact]
    public void Old_verbs_are_known_in_their_place_only() =>
        Assert.Equal(["generate", "--outdir", "generate-images"], CommandLineApp.Normalize(
            ["generate-images", "--outdir", "generate-images"]));

    [Fact]
    public void The_program_itself_ends_with_the_right_codes_and_streams()
    {
        using var folder = new TemporaryFolder();
        CommandResult wrong = Program(folder, null, "inspect", "missing.pkl");
        Assert.Equal((2, ""), (wrong.Code, wrong.Results));
        Assert.Equal("stylegan: missing.pkl: there is no such file.", wrong.Messages.Trim());

        CommandResult right = Program(
            folder, null, "generate", "--network", CommandLine.Snapshot("sg2-gray-16-c2"), "--seeds", "1");
        Assert.Equal((0, ""), (right.Code, right.Results));
        Assert.Equal(["seed0001.png"], Directory.GetFiles(folder["out"]).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Without_libtorch_files_can_be_inspected_and_the_rest_says_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var without = new Dictionary<string, string> { ["STYLEGAN_NATIVE"] = folder["nothing.so"] };
        Assert.Equal(0, Program(folder, without, "inspect", CommandLine.Snapshot("sg2-skip-32")).Code);

        CommandResult generate = Program(folder, without, "generate", "--network", CommandLine.Snapshot("sg2-skip-32"));
        Assert.Equal(1, generate.Code);
        Assert.Contains("shim was not found", CommandLine.OneSentence(generate));
        Assert.Empty(folder.Names);

        CommandResult doctor = Program(folder, without, "doctor");
        Assert.Equal(1, doctor.Code);
        Assert.Contains("missing  libtorch", doctor.Results);
    }

    private static CommandResult Program(TemporaryFolder folder, Dictionary<string, string>? environment, params string[] args)
    {
        using var process = CommandLine.Start(folder.Path, environment, args);
        return CommandLine.Finish(process);
    }
}
