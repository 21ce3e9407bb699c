using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Images;

/// <summary>Files on disk: names, missing things, and that no half file is left.</summary>
public sealed class ImageFileTests
{
    [Theory]
    [InlineData("a.png", ImageFormat.Png)]
    [InlineData("a.JPG", ImageFormat.Jpeg)]
    [InlineData("a.jpeg", ImageFormat.Jpeg)]
    [InlineData("ä ö.webp", ImageFormat.WebP)]
    public void Format_follows_the_extension(string name, ImageFormat format)
    {
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder[name], TestImages.Smooth(24, 16, 3));
        Assert.Equal(new ImageInfo(format, 24, 16, 3), ImageFile.Identify(folder[name]));
        Assert.Equal([name], folder.Names);
    }

    [Fact]
    public void Content_decides_and_not_the_name()
    {
        using var folder = new TemporaryFolder();
        ImageBuffer image = TestImages.Noise(9, 9, 3);
        ImageFile.Write(folder["picture.jpg"], image, new() { Format = ImageFormat.Png });
        Assert.Equal(image.Pixels, ImageFile.Read(folder["picture.jpg"]).Pixels);
    }

    [Fact]
    public void Existing_files_are_replaced()
    {
        using var folder = new TemporaryFolder();
        ImageFile.Write(folder["a.png"], TestImages.Noise(50, 50, 4));
        ImageFile.Write(folder["a.png"], TestImages.Noise(2, 3, 1));
        Assert.Equal(new ImageInfo(ImageFormat.Png, 2, 3, 1), ImageFile.Identify(folder["a.png"]));
    }

    [Fact]
    public void Unreadable_paths_are_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["empty.png"], []);
        Assert.Equal($"{folder["none.png"]} does not exist.", Message(() => ImageFile.Read(folder["none.png"])));
        Assert.Equal($"{folder["no/none.png"]} does not exist.", Message(() => ImageFile.Read(folder["no/none.png"])));
        Assert.Equal($"{folder.Path} is a folder, not an image file.", Message(() => ImageFile.Read(folder.Path)));
        Assert.StartsWith($"{folder["empty.png"]} is empty", Message(() => ImageFile.Read(folder["empty.png"])));
    }

    [Fact]
    public void Unwritable_paths_are_named_and_leave_nothing()
    {
        using var folder = new TemporaryFolder();
        ImageBuffer image = TestImages.Noise(4, 4, 3);
        Directory.CreateDirectory(folder["d.png"]);
        Assert.Equal(
            $"{folder["a.tiff"]} has no image extension: use .png, .jpg, .jpeg or .webp.",
            Message(() => ImageFile.Write(folder["a.tiff"], image)));
        Assert.Equal(
            $"{folder["no/a.png"]} cannot be written: the folder {folder["no"]} does not exist.",
            Message(() => ImageFile.Write(folder["no/a.png"], image)));
        Assert.Equal($"{folder["d.png"]} cannot be written: it is a folder.", Message(
            () => ImageFile.Write(folder["d.png"], image)));
        Assert.Equal(["d.png"], folder.Names);
    }

    private static string Message(Action action) => Assert.Throws<ImageException>(action).Message;
}
