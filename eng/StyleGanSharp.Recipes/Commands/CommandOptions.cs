using System.CommandLine;

namespace StyleGanSharp.Recipes.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommandOptions
{
    internal static Option<string> File(string name, string description, string help = "FILE") =>
        new(name) { Description = description, HelpName = help, Required = true };

    internal static Option<int> Number(string name, string description, int fallback, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            // A text that is not a number has its own error already.
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value)
                && (value < least || value > most))
            {
                result.AddError($"{name} {value}: expected {least} to {most}.");
            }
        });
        return option;
    }
}
