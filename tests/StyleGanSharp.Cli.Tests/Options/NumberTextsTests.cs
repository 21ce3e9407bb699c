using StyleGanSharp.Generation.Notation;

namespace StyleGanSharp.Cli.Tests.Options;

/// <summary>Numbers with commas and separators are refused, with the number that was meant.</summary>
public sealed class NumberTextsTests
{
    [Theory]
    [InlineData("6,6", "6.6")]
    [InlineData("-0,016", "-0.016")]
    [InlineData("1,000", "1.000, or 1000")]
    [InlineData("1,000,000", "1000000")]
    [InlineData("1.000.000", "1000000")]
    [InlineData("1.234,5", "1234.5")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1 000", "1000")]
    [InlineData("1'000,5", "1000.5")]
    [InlineData("1_000", "1000")]
    [InlineData("1,5e3", "1.5e3")]
    [InlineData("6.6", null)]
    [InlineData("six", null)]
    [InlineData(",", null)]
    [InlineData("", null)]
    public void What_was_meant_by_a_number(string text, string? meant) =>
        Assert.Equal(meant, NumberTexts.Suggestion(text, isWhole: false));

    [Theory]
    [InlineData("1,000", "1000")]
    [InlineData("25.000.000", "25000000")]
    [InlineData("1 000", "1000")]
    [InlineData("6,5", null)]
    [InlineData("7", null)]
    public void What_was_meant_by_a_whole_number(string text, string? meant) =>
        Assert.Equal(meant, NumberTexts.Suggestion(text, isWhole: true));

    [Theory]
    [InlineData("coarse=0,7,middle=0,5,fine=1", "coarse=0.7,middle=0.5,fine=1")]
    [InlineData("0-3:0,5,4-:-0,8", "0-3:0.5,4-:-0.8")]
    [InlineData("A:0.7,B:0.3", null)]
    public void What_was_meant_by_a_list(string text, string? meant) => Assert.Equal(meant, NumberTexts.ListSuggestion(text));

    [Theory]
    [InlineData("generate", "--rotate", "12,5", "write 12.5")]
    [InlineData("generate", "--scale", "1,5", "write 1.5")]
    [InlineData("generate", "--trunc-levels", "coarse=0,7", "coarse=0.7")]
    [InlineData("generate", "--trunc-layers", "0-3:0,5", "0-3:0.5")]
    [InlineData("generate", "--translate", "0,1,0,2", "0.1,0.2")]
    [InlineData("mix", "--trunc", "0,7", "0.7")]
    [InlineData("bench", "--seconds", "1,5", "write 1.5")]
    [InlineData("metrics", "--num", "1,000", "write 1000")]
    public void Every_verb_refuses_commas(string verb, string option, string value, string expected)
    {
        string[] needed = verb == "metrics" ? ["--network", "x.pkl", "--metrics", "eqr50k"] : [];
        string sentence = CommandLine.Refuse([verb, .. needed, option, value]);
        Assert.Contains(option, sentence);
        Assert.Contains(expected, sentence);
    }

    [Theory]
    [InlineData("0,7", true)]
    [InlineData("0,1", false)]
    [InlineData("1,0", false)]
    [InlineData("0,0.5", false)]
    [InlineData("0,5,7", false)]
    public void A_sweep_that_looks_like_one_number(string text, bool isLikely) =>
        Assert.Equal(isLikely, NumberTexts.IsLikelyOne(text));
}
