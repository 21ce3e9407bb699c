using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Distributed;

/// <summary>
/// A connection to a small key-value store that one process serves and others use to find each other (c10d's TCPStore). Safe from
/// several threads, one call after the other.
/// </summary>
public sealed class Store : IDisposable
{
    private readonly Store? origin;

    private Store(nint pointer, Store? origin = null) => (Handle, this.origin) = (new StoreHandle(pointer), origin);

    /// <summary>The port at which a served store is reached.</summary>
    public int Port => origin?.Port ?? Native.StorePort(Handle);

    internal StoreHandle Handle { get; }

    /// <summary>Serves a store on all addresses of this machine, until it is disposed.</summary>
    /// <param name="port">Where; 0: a free port.</param>
    /// <param name="timeout">For the first connection.</param>
    /// <exception cref="TorchException">The port is in use, or libtorch has no c10d.</exception>
    public static Store Serve(int port, TimeSpan timeout) => new(Native.StoreCreate("localhost", port, isServer: true, timeout));

    /// <summary>Connects to a store.</summary>
    /// <param name="host">Name or address of the machine that serves it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="timeout">After this long it is given up; the call blocks.</param>
    /// <exception cref="TorchException">There is no connection.</exception>
    public static Store Connect(string host, int port, TimeSpan timeout) =>
        new(Native.StoreCreate(host, port, isServer: false, timeout));

    /// <summary>
    /// The same store, seen through a prefix before all keys. The connection is shared and stays this object's.
    /// </summary>
    public Store WithPrefix(string prefix) => new(Native.StorePrefix(Handle, prefix), origin ?? this);

    /// <summary>Sets a text.</summary>
    public void Set(string key, string text) => Native.StoreSet(Handle, key, text);

    /// <summary>Sets a text unless the key has one; gives the text that it has now.</summary>
    public string SetFirst(string key, string text) => Native.StoreSetFirst(Handle, key, text);

    /// <summary>The text of a key; null: it has none.</summary>
    public string? Get(string key) => Has(key) ? Native.StoreGet(Handle, key) : null;

    /// <summary>Whether a key has a text.</summary>
    public bool Has(string key) => Native.StoreCheck(Handle, key);

    /// <summary>Waits until a key is there. From then on a connection that gives no answer for this long fails.</summary>
    /// <exception cref="TorchException">It did not come in time.</exception>
    public void Wait(string key, TimeSpan timeout) => Native.StoreWait(Handle, key, timeout);

    /// <summary>Adds to a number, which starts as 0; gives the sum.</summary>
    public long Add(string key, long amount) => Native.StoreAdd(Handle, key, amount);

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
