using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Data.Tests.Options;

public sealed class OptionProblemTests
{
    private static OptionName Batch => new("batch");

    [Fact]
    public void Names_become_those_of_the_face()
    {
        var problem = new OptionProblem("groupSize", "4", $"does not divide {Batch} {6}: choose 1, 2");
        Assert.Equal("groupSize 4 does not divide batch 6: choose 1, 2.", problem.Sentence());
        Assert.Equal(
            "--mbstd-group 4 does not divide --batch 6: choose 1, 2.",
            problem.Sentence(p => p == "batch" ? "--batch" : p == "groupSize" ? "--mbstd-group" : null));
        Assert.Equal(problem.Sentence(), problem.Sentence(_ => null));
    }

    [Fact]
    public void Values_are_formatted_alike_everywhere()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal("gamma: expected at most 0.5.", new OptionProblem("gamma", null, $"expected at most {0.5}").Sentence());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Advice_follows_the_reason()
    {
        var problem = new OptionProblem("data.path", "x.zip", "has images of 3x5")
        {
            Advice = new CreationAdvice("x.zip") { Side = 8, Channels = 1 },
        };
        Assert.Equal(
            "data.path x.zip has images of 3x5; create a data set of 8x8 images, cropped, padded or squashed, in gray from x.zip.",
            problem.Sentence());
        Assert.Equal("data.path x.zip has images of 3x5; make 8.", problem.Sentence(advice: a => $"make {a.Side}"));
        var exception = new DatasetException("x.zip", $"x.zip needs {Batch}", advice: new CreationAdvice("x.zip"));
        Assert.Equal("x.zip needs batch: create a data set from x.zip.", exception.Message);
        Assert.Equal("x.zip needs --batch: go.", exception.Sentence(p => $"--{p}", _ => "go"));
    }

    [Fact]
    public void Equal_texts_are_equal()
    {
        OptionText one = $"a {Batch} {1}", other = $"a {Batch} {1}";
        Assert.Equal(one, other);
        Assert.NotEqual(one, $"a {Batch} {2}");
        Assert.NotEqual<OptionText>("batch", $"{Batch}");
    }
}
