using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Distributed;

/// <summary>What the program that trains and the workers that it starts agree on.</summary>
public static class WorkerProtocol
{
    /// <summary>Exit code of a worker that was given wrong input; its standard error says what is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Exit code of a worker that saved and ended at Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Exit code of a worker that saved and ended at SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>Begins the line of standard error that says why a worker ends; what follows belongs to it.</summary>
    public const string ErrorStart = "stylegan: ";

    /// <summary>Begins warnings.</summary>
    public const string WarningStart = "Warning";

    // What a worker says when it is asked to end; the launching process says so itself.
    internal static readonly string[] Endings = ["Interrupted.", "Terminated."];
}

/// <summary>
/// Starts the processes that train together on this machine: a program with a place among the others in its environment. Passes
/// on what the first one says, and names the one that fails.
/// </summary>
internal sealed class WorkerProcesses
{
    // The others notice a dead worker by themselves; what has not ended after this long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private const int SignalBase = 128;

    private readonly IRunLog log;
    private readonly Func<ProcessStartInfo> program;
    private readonly Process[] workers;
    private readonly List<string>[] errors;
    private readonly Lock guard = new();
    private readonly int[] workerCodes;
    private readonly int[] identifiers;
    private int firstFailed = -1;

    private WorkerProcesses(int count, Func<ProcessStartInfo> program, IRunLog log)
    {
        (this.program, this.log) = (program, log);
        (workers, workerCodes, identifiers) = (new Process[count], new int[count], new int[count]);
        errors = [.. Enumerable.Range(0, count).Select(_ => new List<string>())];
    }

    /// <summary>Starts the workers and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="program">The program and its arguments, the same for all; see <see cref="WorkerProtocol"/>.</param>
    /// <param name="log">Takes the lines of the first worker and the warnings of all.</param>
    /// <param name="cancel">Asks the workers to save and end.</param>
    /// <exception cref="RunException">A worker failed; the sentence names it, or says what its input was wrong about.</exception>
    /// <exception cref="OperationCanceledException">They were asked to end, and did.</exception>
    internal static void Run(int count, Func<ProcessStartInfo> program, IRunLog log, CancellationToken cancel)
    {
        var launcher = new WorkerProcesses(count, program, log);
        try
        {
            launcher.Start();
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

    private void Start()
    {
        int port = FreePort();
        for (int rank = 0; rank < workers.Length; rank++)
        {
            workers[rank] = Start(rank, port);
            identifiers[rank] = workers[rank].Id;
        }
    }

    private Process Start(int rank, int port)
    {
        ProcessStartInfo start = program();
        start.RedirectStandardError = start.RedirectStandardOutput = start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        CultureInfo plain = CultureInfo.InvariantCulture;
        start.Environment[WorldEnvironment.LauncherVariable] = Environment.ProcessId.ToString(plain);
        start.Environment["RANK"] = start.Environment["LOCAL_RANK"] = rank.ToString(plain);
        start.Environment["WORLD_SIZE"] = start.Environment["LOCAL_WORLD_SIZE"] = workers.Length.ToString(plain);
        start.Environment["MASTER_ADDR"] = "127.0.0.1";
        start.Environment["MASTER_PORT"] = port.ToString(plain);
        start.Environment.Remove("GLOO_SOCKET_IFNAME"); // Everything is on this machine.
        Process process = Process.Start(start)
            ?? throw new RunException("A worker could not be started.") { WhileRunning = true };
        process.OutputDataReceived += (_, line) => Show(rank, line.Data);
        process.ErrorDataReceived += (_, line) => Show(rank, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Wait(CancellationToken cancel)
    {
        Task[] ends =
        [
            .. workers.Select((worker, rank) =>
                worker.WaitForExitAsync(CancellationToken.None).ContinueWith(_ => Ended(rank), TaskScheduler.Default)),
        ];
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
        if (workerCodes[rank] is not (0 or WorkerProtocol.Interrupted or WorkerProtocol.Terminated))
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
        if (code == WorkerProtocol.WrongInput)
        {
            throw new RunException(said);
        }

        string kept = "The run ends; its last saved state is kept: repeat the command to continue from there.";
        throw new RunException(
            code > SignalBase
                ? $"Rank {firstFailed} (process {identifiers[firstFailed]}) was ended by signal {code - SignalBase}. {kept}"
            : said.Length == 0 ? $"Rank {firstFailed} (process {identifiers[firstFailed]}) ended with exit code {code}. {kept}"
            : said.StartsWith("Rank ", StringComparison.Ordinal) || said.StartsWith("All processes", StringComparison.Ordinal)
            ? said
            : $"Rank {firstFailed} failed: {said}")
        {
            WhileRunning = true,
        };
    }

    private void Show(int rank, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (guard)
        {
            // What follows the error belongs to it.
            if (errors[rank].Count > 0 || line.StartsWith(WorkerProtocol.ErrorStart, StringComparison.Ordinal))
            {
                errors[rank].Add(errors[rank].Count == 0 ? line[WorkerProtocol.ErrorStart.Length..] : line);
            }
            else if ((rank == 0 || line.StartsWith(WorkerProtocol.WarningStart, StringComparison.Ordinal))
                && !WorkerProtocol.Endings.Contains(line))
            {
                log.Say(line);
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
