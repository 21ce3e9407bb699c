using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation.Fonts;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation.Fonts;

public sealed class FontTests
{
    private static readonly FontFace Regular = new("Some Family", "x.ttf", 80, 0, 100, false, false, "20-5a 61-7a");

    [Fact]
    public void A_face_is_described_as_pango_reads_it()
    {
        Assert.Equal("Some Family, Regular 200", Regular.Describe(200));
        Assert.Equal("Some Family, Bold Italic Condensed 12", (Regular with { Weight = 200, Slant = 100, Width = 75 }).Describe(
            12));
    }

    [Fact]
    public void Covered_letters_are_read_from_the_ranges()
    {
        Assert.True(Regular.Covers("AZaz"));
        Assert.False(Regular.Covers("A["));
        Assert.False((Regular with { Characters = "41 43 zz" }).Covers("AB"));
        Assert.True((Regular with { Characters = "41 43" }).Covers("AC"));
    }

    [Fact]
    public void Families_are_held_out_by_their_name_alone()
    {
        string[] families = [.. Enumerable.Range(0, 2000).Select(i => $"Family {i}")];
        Assert.InRange(families.Count(f => FontDataset.IsHeldOut(f, 0.1)), 150, 250);
        Assert.All(families, f => Assert.Equal(FontDataset.IsHeldOut(f, 0.3), FontDataset.IsHeldOut(f.ToUpperInvariant(), 0.3)));
        Assert.DoesNotContain(families, f => FontDataset.IsHeldOut(f, 0));
    }

    [Fact]
    public void A_letter_is_drawn_in_the_middle_at_80_percent()
    {
        Assert.SkipUnless(ImageLibrary.IsAvailable(out string? problem), problem ?? "");
        var face = new FontFace("DejaVu Sans", "", 80, 0, 100, false, false, "41-5a");   // Pango takes another one where it is missing.
        ImageBuffer image = LetterRenderer.Draw(face, 'H', 64, useFile: false)!;
        Assert.Equal((64, 64, 1), (image.Width, image.Height, image.Channels));
        int[] rows = [.. Enumerable.Range(0, 64).Where(y => image.Row(y).IndexOfAnyInRange((byte)64, (byte)255) >= 0)];
        Assert.InRange(rows.Length, 49, 52);
        Assert.InRange(rows[0], 5, 8);
        Assert.Null(LetterRenderer.Draw(face, ' ', 64, useFile: false));
    }

    [Theory]
    [InlineData(33, "A", 0, "squares of 8, 16")]
    [InlineData(32, "AA", 0, "have to be different")]
    [InlineData(32, "A<", 0, "other than < and &")]
    [InlineData(32, "A", 1, "0 to below 1")]
    public void Wrong_options_are_one_sentence(int side, string letters, double part, string sentence)
    {
        using var folder = new TemporaryFolder();
        var options = new FontOptions { Side = side, Letters = letters, HoldOut = part };
        Assert.Contains(sentence, Assert.Throws<DatasetException>(
            () => FontDataset.Create(folder["a.zip"], options, null, TestContext.Current.CancellationToken)).Message);
        Assert.Empty(folder.Names);
    }
}
