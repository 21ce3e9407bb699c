using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Cli.Training;

/// <summary>
/// Starts the workers of <c>--processes</c>: this program again with the same arguments and a place among them. Shows what the first one
/// says, and names the one that fails.
/// </summary>
internal sealed class WorkerLauncher
{
    // The others notice a dead worker by themselves; what has not ended after this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private const int SignalBase = 128;
    private const string ErrorStart = "stylegan: ";
    private const string WarningStart = "Warning";

    // This process says them itself.
    private static readonly string[] Endings = ["Interrupted.", "Terminated."];

    private readonly CommandOutput output;
    private readonly Process[] workers;
    private readonly List<string>[] errors;
    private readonly Lock guard = new();
    private readonly int[] workerCodes;
    private readonly int[] identifiers;
    private int firstFailed = -1;

    private WorkerLauncher(int count, CommandOutput output)
    {
        this.output = output;
        (workers, workerCodes, identifiers) = (new Process[count], new int[count], new int[count]);
        errors = [.. Enumerable.Range(0, count).Select(_ => new List<string>())];
    }

    /// <summary>Starts the workers and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="arguments">The arguments of this program.</param>
    /// <param name="output">Takes the lines of the first worker.</param>
    /// <param name="cancel">Asks the workers to save and end.</param>
    /// <exception cref="RunException">A worker failed on its way; the sentence names it.</exception>
    /// <exception cref="UserException">The workers were given wrong input.</exception>
    /// <exception cref="OperationCanceledException">They were asked to end, and did.</exception>
    internal static void Run(int count, IReadOnlyList<string> arguments, CommandOutput output, CancellationToken cancel)
    {
        var launcher = new WorkerLauncher(count, output);
        try
        {
            launcher.Start(arguments);
            launcher.Wait(cancel);
        }
        finally
        {
            foreach (Process? worker in launcher.workers)
            {
                worker?.Dispose();
            }
        }

        launcher.Conclude(cancel);
    }

    private void Start(IReadOnlyList<string> arguments)
    {
        int port = FreePort();
        for (int rank = 0; rank < workers.Length; rank++)
        {
            workers[rank] = Start(rank, port, arguments);
            identifiers[rank] = workers[rank].Id;
        }
    }

    private Process Start(int rank, int port, IReadOnlyList<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "stylegan.exe" : "stylegan");
        var start = new ProcessStartInfo(File.Exists(program) ? program : Environment.ProcessPath!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (!File.Exists(program))
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "stylegan.dll"));
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        CultureInfo plain = CultureInfo.InvariantCulture;
        start.Environment[WorldEnvironment.LauncherVariable] = Environment.ProcessId.ToString(plain);
        start.Environment["RANK"] = start.Environment["LOCAL_RANK"] = rank.ToString(plain);
        start.Environment["WORLD_SIZE"] = start.Environment["LOCAL_WORLD_SIZE"] = workers.Length.ToString(plain);
        start.Environment["MASTER_ADDR"] = "127.0.0.1";
        start.Environment["MASTER_PORT"] = port.ToString(plain);
        start.Environment.Remove("GLOO_SOCKET_IFNAME"); // Everything is on this machine.
        Process process = Process.Start(start) ?? throw new RunException("A worker could not be started.");
        process.OutputDataReceived += (_, line) => Show(rank, line.Data, isResult: true);
        process.ErrorDataReceived += (_, line) => Show(rank, line.Data, isResult: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Wait(CancellationToken cancel)
    {
        Task[] ends = [.. workers.Select((worker, rank) => worker.WaitForExitAsync(CancellationToken.None).ContinueWith(_ => Ended(rank), TaskScheduler.Default))];
        var all = Task.WhenAll(ends);
        using CancellationTokenRegistration stop = cancel.Register(AskToEnd);
        Task.WhenAny(all, FirstFailure()).GetAwaiter().GetResult();
        if (!all.Wait(Patience, CancellationToken.None))
        {
            foreach (Process worker in workers)
            {
                try
                {
                    worker.Kill();
                }
                catch (InvalidOperationException)
                {
                    // It has ended.
                }
            }

            all.GetAwaiter().GetResult();
        }

        async Task FirstFailure()
        {
            while (!all.IsCompleted && Volatile.Read(ref firstFailed) < 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // The workers read the end of their standard input as a request to save and end: it also comes when this process is killed.
    private void AskToEnd()
    {
        foreach (Process worker in workers)
        {
            try
            {
                worker.StandardInput.Close();
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // It has ended.
            }
        }
    }

    private void Ended(int rank)
    {
        workerCodes[rank] = workers[rank].ExitCode;
        if (workerCodes[rank] is not (0 or (int)ExitCode.Interrupted or (int)ExitCode.Terminated))
        {
            _ = Interlocked.CompareExchange(ref firstFailed, rank, -1);
        }
    }

    private void Conclude(CancellationToken cancel)
    {
        if (firstFailed < 0)
        {
            cancel.ThrowIfCancellationRequested();
            return;
        }

        int code = workerCodes[firstFailed];
        string said = string.Join(Environment.NewLine, errors[firstFailed]);
        if (code == (int)ExitCode.WrongInput)
        {
            throw new UserException(said);
        }

        string kept = "The run ends; its last saved state is kept: repeat the command to continue from there.";
        throw new RunException(
            code > SignalBase ? $"Rank {firstFailed} (process {identifiers[firstFailed]}) was ended by signal {code - SignalBase}. {kept}"
            : said.Length == 0 ? $"Rank {firstFailed} (process {identifiers[firstFailed]}) ended with exit code {code}. {kept}"
            : said.StartsWith("Rank ", StringComparison.Ordinal) || said.StartsWith("All processes", StringComparison.Ordinal) ? said
            : $"Rank {firstFailed} failed: {said}");
    }

    private void Show(int rank, string? line, bool isResult)
    {
        if (line is null)
        {
            return;
        }

        lock (guard)
        {
            // What follows the error belongs to it.
            bool isError = !isResult && (errors[rank].Count > 0 || line.StartsWith(ErrorStart, StringComparison.Ordinal));
            if (isError)
            {
                errors[rank].Add(errors[rank].Count == 0 ? line[ErrorStart.Length..] : line);
            }
            else if (isResult && rank == 0)
            {
                output.Results.WriteLine(line);
            }
            else if ((rank == 0 || line.StartsWith(WarningStart, StringComparison.Ordinal)) && !Endings.Contains(line))
            {
                output.Say(line);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
