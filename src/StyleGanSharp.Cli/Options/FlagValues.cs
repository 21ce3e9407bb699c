using System.CommandLine;

namespace StyleGanSharp.Cli.Options;

/// <summary>
/// Flags with a value, as the field's tools have them: <c>--mirror=1</c>, <c>--mirror 1</c>, <c>--cond=false</c>.
/// </summary>
internal static class FlagValues
{
    private static readonly string[] True = ["1", "true", "yes", "on", "y", "t"];
    private static readonly string[] False = ["0", "false", "no", "off", "n", "f"];

    /// <summary>The arguments with the values of flags as the parser knows them.</summary>
    /// <param name="root">All verbs.</param>
    /// <param name="args">Arguments without the program's name.</param>
    /// <exception cref="UserException">A flag has a value that is none.</exception>
    internal static string[] Normalize(Command root, string[] args)
    {
        var normal = new List<string>();
        Command command = root;
        bool isVerb = true;
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg == "--")
            {
                normal.AddRange(args[i..]);
                break;
            }

            if (isVerb && command.Subcommands.FirstOrDefault(c => c.Name == arg) is { } verb)
            {
                command = verb;
            }
            else
            {
                isVerb = false;
            }

            int end = arg.StartsWith('-') ? arg.IndexOfAny(['=', ':']) : -1;
            string name = end < 0 ? arg : arg[..end];
            if (!command.Options.Any(o => o.ValueType == typeof(bool) && (o.Name == name || o.Aliases.Contains(name))))
            {
                normal.Add(arg);
            }
            else if (end >= 0)
            {
                normal.Add(Flag(name, TryParse(arg[(end + 1)..], out bool value)
                    ? value : throw new UserException(
                        $"{arg}: {name} takes 1 or 0 (or true, false, yes, no), or no value at all.")));
            }
            else if (command.Arguments.Count == 0 && i + 1 < args.Length && TryParse(args[i + 1], out bool next))
            {
                // Where a verb has no argument of its own, a value behind a flag can only be the flag's.
                normal.Add(Flag(name, next));
                i++;
            }
            else
            {
                normal.Add(arg);
            }
        }

        return [.. normal];
    }

    private static bool TryParse(string text, out bool value)
    {
        value = True.Contains(text, StringComparer.OrdinalIgnoreCase);
        return value || False.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    private static string Flag(string name, bool value) => $"{name}={(value ? "true" : "false")}";
}
