using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using StyleGanSharp.Cli.Commands;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Training;

namespace StyleGanSharp.Cli;

/// <summary>The program: finds the verb, runs it, and turns every failure into one sentence and an exit code.</summary>
public static class CommandLineApp
{
    private static readonly Dictionary<string, string> OldVerbs = new()
    {
        ["generate-images"] = "generate",
        ["style-mixing-example"] = "mix",
    };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="output">Where results and messages go.</param>
    /// <param name="cancel">Ends the work cleanly, like Ctrl-C.</param>
    /// <returns>0: done. 1: failed while running. 2: wrong input. 130: Ctrl-C. 143: asked to end (SIGTERM).</returns>
    public static async Task<int> RunAsync(string[] args, CommandOutput output, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        RootCommand root = CreateRoot(output);
        try
        {
            args = args.Length == 0 ? ["--help"] : FlagValues.Normalize(root, Normalize(args));
        }
        catch (UserException e)
        {
            return output.Fail(ExitCode.WrongInput, e.Message);
        }

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return output.Fail(ExitCode.WrongInput, Sentence(root, parsed));
        }

        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        void Interrupt(object? sender, ConsoleCancelEventArgs e)
        {
            if (Worker.IsOne)
            {
                e.Cancel = true; // The terminal sends it to all; the launcher asks its workers to end.
                return;
            }

            // The first Ctrl-C ends the work cleanly, a second one ends the process.
            e.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }

        bool terminated = false;
        void Terminate(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            terminated = true;
            interrupt.Cancel();
        }

        Console.CancelKeyPress += Interrupt;
        using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate);
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output.Results,
                Error = output.Messages,
            };
            return await parsed.InvokeAsync(configuration, interrupt.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            (ExitCode code, string message) = Failure.Explain(e);
            return code == ExitCode.Interrupted && terminated
                ? output.Fail(ExitCode.Terminated, "Terminated.")
                : output.Fail(code, message);
        }
        finally
        {
            Console.CancelKeyPress -= Interrupt;
        }
    }

    /// <summary>The command tree, for tests and for the help pages in docs/help.</summary>
    public static RootCommand CreateRoot(CommandOutput output)
    {
        var root = new RootCommand("StyleGanSharp: the StyleGAN family as one tool.")
        {
            GenerateCommand.Create(output),
            MixCommand.Create(output),
            NoiseCommand.Create(output),
            VideoCommand.Create(output),
            MetricsCommand.Create(output),
            TrainCommand.Create(output),
            FacesCommand.Create(output),
            AlignCommand.Create(output),
            InspectCommand.Create(output),
            ConvertCommand.Create(output),
            DatasetCommand.Create(output),
            BenchCommand.Create(output),
            DoctorCommand.Create(output),
        };
        HelpWidth.Apply(root);
        NumberOptions.Apply(root);
        return root;
    }

    // `_` stands for `-` in flags, and the verbs of older tools are known: scripts of the field run unchanged.
    internal static string[] Normalize(string[] args)
    {
        var normal = new string[args.Length];
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            int end = arg.IndexOf('=', StringComparison.Ordinal);
            string flag = end < 0 ? arg : arg[..end];
            normal[i] = flag.StartsWith("--", StringComparison.Ordinal) ? flag.Replace('_', '-') + arg[flag.Length..]
                : i == 0 ? OldVerbs.GetValueOrDefault(arg, arg)
                : arg;
        }

        return normal;
    }

    private static string Sentence(RootCommand root, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command == root && parsed.UnmatchedTokens.Count > 0)
        {
            return $"'{parsed.UnmatchedTokens[0]}' is not a command; there are "
                + $"{string.Join(", ", root.Subcommands.Select(c => c.Name))}.";
        }

        string verb = "";
        for (CommandResult? level = parsed.CommandResult; level is not null
            && level.Command != root; level = level.Parent as CommandResult)
        {
            verb = $"{level.Command.Name} {verb}";
        }

        string problem = parsed.Errors[0].Message.TrimEnd('.', '\n');
        return $"{problem} (see: stylegan {verb}--help).";
    }
}
