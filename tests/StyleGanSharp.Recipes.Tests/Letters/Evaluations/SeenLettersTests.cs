using StyleGanSharp.Recipes.Letters.Evaluations;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Recipes.Tests.Letters.Evaluations;

[WithTensorScope]
public sealed class SeenLettersTests
{
    private static readonly SeenLetters Seen = new([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    [Fact]
    public void Recognition_is_the_share_of_right_answers()
    {
        Assert.Equal(3 / 5.0, Seen.Recognition());
        Assert.Equal(1 / 2.0, Seen.Recognition(0));
        Assert.Equal(2 / 3.0, Seen.Recognition(1));
    }

    [Fact]
    public void Features_are_chosen_by_class()
    {
        Assert.Equal([1, 2, 3, 4], Seen.OfClass(0).ToArray<double>());
        Assert.Equal([3, 2], Seen.OfClass(1).Shape.ToArray());
        Assert.Equal([9, 10, 1, 2], Seen.Select([4, 0]).ToArray<double>());
    }
}
