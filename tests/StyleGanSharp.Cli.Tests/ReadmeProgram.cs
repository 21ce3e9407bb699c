using StyleGanSharp.Generation.Models;

namespace StyleGanSharp.Cli.Tests;

/// <summary>The program of the README, between the markers, as <c>ReadmeTests</c> compares and runs it.</summary>
internal static class ReadmeProgram
{
    internal static void Run()
    {
        // README begins
        using var model = Model.Open("network.pkl");       // a file, an address, a shipped model or an official name
        model.Generate(seed: 42, psi: 0.7).Save("person.png");
        model.Mix(new() { Rows = [85, 100], Columns = [55, 821], Layers = "coarse" }).Grid.Save("mix.png");
        model.Film(new() { Seeds = [0, 1, 2, 3], FramesPerKey = 30 }, "film.gif");
        // README ends
    }
}
