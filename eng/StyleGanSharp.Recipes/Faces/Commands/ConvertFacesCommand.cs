using System.CommandLine;

namespace StyleGanSharp.Recipes.Faces.Commands;

/// <summary><c>recipes faces convert</c>: the face networks of the npm package as the files of models/faces.</summary>
internal static class ConvertFacesCommand
{
    internal static Command Create(TextWriter results)
    {
        var source = new Argument<string>("DIR") { Description = "Folder 'model' of the unpacked package @vladmandic/face-api." };
        var target = new Argument<string>("OUT") { Description = "Folder for the files, created where it is missing." };
        var command = new Command("convert", "Write the face networks as safetensors files.") { source, target };
        command.SetAction(parsed =>
        {
            Directory.CreateDirectory(parsed.GetValue(target)!);
            foreach (string path in FaceModelConversion.Convert(parsed.GetValue(source)!, parsed.GetValue(target)!))
            {
                results.WriteLine($"{path}: {new FileInfo(path).Length} bytes");
            }
        });
        return command;
    }
}
