using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Distributed;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Distributed;

/// <summary>How processes find each other: through a store that process 0 (or the launcher) serves.</summary>
internal sealed class Meeting
{
    private const string SizeKey = "size";
    private const string SeenKey = "seen";
    private const string FailureKey = "failure";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly WorldOptions options;
    private readonly CancellationToken cancel;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    internal Meeting(WorldOptions options, CancellationToken cancel) => (this.options, this.cancel) = (options, cancel);

    private bool IsServer => options.Rank == 0 && !options.IsStoreServed;

    private string Limit => options.JoinLimit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The first connection: process 0 begins to serve.</summary>
    internal Store Open() => IsServer ? Serve() : Connect();

    /// <summary>Another connection: calls on one wait for each other.</summary>
    internal Store OpenAnother() => IsServer ? Store.Connect("localhost", options.Port, ConnectLimit) : Connect();

    /// <summary>Waits until all processes are there.</summary>
    /// <returns>All processes by their numbers, and the own address that the others reach.</returns>
    internal (IReadOnlyList<Member> Members, string Address) Join(Store store)
    {
        if (options.Rank == 0)
        {
            store.Set(SizeKey, options.Size.ToString(CultureInfo.InvariantCulture));
        }

        CheckSize(store);
        if (store.Add($"taken/{options.Rank}", 1) > 1)
        {
            throw Tell(store,
                $"Rank {options.Rank} exists twice: every process needs a RANK of its own, "
                    + $"and one training a MASTER_PORT of its own");
        }

        IPAddress own = OwnAddress(out IPAddress? master);
        if (master is not null && !IPAddress.IsLoopback(master))
        {
            store.SetFirst(SeenKey, master.ToString());
        }

        var me = new Member(options.Rank, options.Size, Environment.MachineName, Environment.ProcessId);
        store.Set($"member/{options.Rank}", JsonSerializer.Serialize(me, DistributedJson.Default.Member));
        Member[] members = [.. Enumerable.Range(0, options.Size).Select(rank => Await(store, rank))];

        // Many systems know themselves by a loopback address, at which nobody else reaches them.
        bool apart = members.Any(m => m.Host != me.Host);
        return (members, IPAddress.IsLoopback(own) && apart && store.Get(SeenKey) is string seen ? seen : own.ToString());
    }

    // Tried with the platform's own socket first: c10d writes lines of its own where a port is in use.
    private Store Serve()
    {
        try
        {
            using (var trial = TcpListener.Create(options.Port))
            {
                trial.Start();
            }

            return Store.Serve(options.Port, options.JoinLimit);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new RunException(
                $"Port {options.Port} is in use on this machine: set MASTER_PORT to a free one, the same for all processes, "
                    + $"or wait for the other training to end.", e);
        }
        catch (Exception e) when (e is TorchException or SocketException)
        {
            throw new RunException(
                $"Rank 0 cannot serve at port {options.Port}: {e.Message.Split('\n')[0].TrimEnd('.')}; "
                    + $"set MASTER_PORT to another one, the same for all processes.", e);
        }
    }

    // A connection of the platform's first: it ends at once when it is cancelled, and says why it failed.
    private Store Connect()
    {
        string reason = "no answer";
        while (clock.Elapsed < options.JoinLimit)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                using var trial = new TcpClient();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                limit.CancelAfter(ConnectLimit);
                trial.ConnectAsync(options.Address, options.Port, limit.Token).AsTask().GetAwaiter().GetResult();
                return Store.Connect(options.Address, options.Port, ConnectLimit);
            }
            catch (SocketException e)
            {
                reason = e.SocketErrorCode switch
                {
                    SocketError.ConnectionRefused => "nothing listens there",
                    SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name is not known",
                    _ => e.Message.TrimEnd('.'),
                };
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                reason = "no answer";
            }
            catch (TorchException e)
            {
                reason = e.Message.Split('\n')[0].TrimEnd('.');
            }

            cancel.WaitHandle.WaitOne(Pause);
        }

        throw new RunException(
            $"Rank {options.Rank} of {options.Size} found no rank 0 at {options.Address}:{options.Port} within {Limit} s "
                + $"({reason}): MASTER_ADDR and MASTER_PORT must be " +
            "those of rank 0's machine for all processes, and rank 0 must have been started.");
    }

    private void CheckSize(Store store)
    {
        TimeSpan left = options.JoinLimit - clock.Elapsed;
        try
        {
            store.Wait(SizeKey, left > ConnectLimit ? left : ConnectLimit);
        }
        catch (TorchException e)
        {
            throw new RunException(
                $"What listens at {options.Address}:{options.Port} is not rank 0 of this program (no answer within {Limit} s): "
                    + $"another training or another program has the " +
                "port; set MASTER_PORT to a free one, the same for all processes.", e);
        }

        if (store.Get(SizeKey) is { } size && size != options.Size.ToString(CultureInfo.InvariantCulture))
        {
            throw Tell(store,
                $"Rank {options.Rank} was told that there are {options.Size} processes, rank 0 that there are {size}: "
                    + $"WORLD_SIZE must be the same for all");
        }
    }

    private Member Await(Store store, int rank)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (store.Get($"member/{rank}") is string text)
            {
                return JsonSerializer.Deserialize(text, DistributedJson.Default.Member)!;
            }

            if (store.Get(FailureKey) is string failure)
            {
                throw new RunException(failure + ".");
            }

            if (clock.Elapsed > options.JoinLimit)
            {
                int[] missing = [.. Enumerable.Range(0, options.Size).Where(r => !store.Has($"member/{r}"))];
                string who = missing.Length == 1 ? $"Rank {missing[0]}" : $"The ranks {string.Join(", ", missing)}";
                throw Tell(
                    store, $"{who} of {options.Size} did not come within {Limit} s: start as many processes as WORLD_SIZE says, "
                        + $"or wait longer for them (STYLEGAN_JOIN_SECONDS)");
            }

            cancel.WaitHandle.WaitOne(Pause);
        }
    }

    // All processes end with the sentence of the first that found a fault.
    private RunException Tell(Store store, string sentence)
    {
        string first = store.SetFirst(FailureKey, sentence);
        if (IsServer)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(Pause * 20, CancellationToken.None);
        }

        return new RunException(first + ".");
    }

    // The address of the network interface that leads to process 0; nothing is sent.
    private IPAddress OwnAddress(out IPAddress? master)
    {
        try
        {
            master = Array.Find(Dns.GetHostAddresses(options.Address), a => a.AddressFamily == AddressFamily.InterNetwork);
            if (master is null)
            {
                return IPAddress.Loopback;
            }

            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(master, options.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            master = null;
            return IPAddress.Loopback;
        }
    }
}
