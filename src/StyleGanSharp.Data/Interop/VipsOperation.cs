namespace StyleGanSharp.Data.Interop;

/// <summary>
/// One call of a libvips operation: set the inputs, <see cref="Run"/>, read the outputs, dispose.
/// Failures are <see cref="VipsException"/> with the library's own first line.
/// </summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly GObjectHandle operation;

    public VipsOperation(string name)
    {
        Vips.EnsureStarted();
        operation = Vips.NewOperation(name);
        if (operation.IsInvalid)
        {
            operation.Dispose();
            Vips.TakeError();
            throw new VipsException($"this libvips was built without '{name}'");
        }
    }

    /// <summary>True when this version of libvips knows the property.</summary>
    public bool Has(string property)
    {
        // An instance starts with the pointer to its class.
        IntPtr instanceClass = *(IntPtr*)operation.DangerousGetHandle();
        return GObject.FindProperty(instanceClass, property) != IntPtr.Zero;
    }

    /// <summary>Sets an integer or enumeration property.</summary>
    public VipsOperation Set(string property, int number)
    {
        GValue value = default;
        GObject.InitValue(&value, GObject.TypeInt);
        GObject.SetInt(&value, number);
        return Assign(property, &value);
    }

    /// <summary>Sets a boolean property.</summary>
    public VipsOperation Set(string property, bool flag)
    {
        GValue value = default;
        GObject.InitValue(&value, GObject.TypeBoolean);
        GObject.SetBoolean(&value, flag ? 1 : 0);
        return Assign(property, &value);
    }

    /// <summary>Sets a text property, such as a file's name.</summary>
    public VipsOperation Set(string property, string text)
    {
        GValue value = default;
        GObject.InitValue(&value, GObject.TypeString);
        GObject.SetString(&value, text);
        return Assign(property, &value);
    }

    /// <summary>Sets an image property; the operation takes its own reference.</summary>
    public VipsOperation Set(string property, GObjectHandle image)
    {
        GValue value = default;
        GObject.InitValue(&value, Vips.ImageType());
        GObject.SetObject(&value, image);
        return Assign(property, &value);
    }

    /// <summary>Sets a memory property without a copy: the memory must outlive everything made from it.</summary>
    public VipsOperation Set(string property, byte* data, int length)
    {
        GValue value = default;
        GObject.InitValue(&value, Vips.BlobType());
        Vips.SetBlob(&value, IntPtr.Zero, data, (nuint)length);
        return Assign(property, &value);
    }

    /// <summary>Runs the operation.</summary>
    /// <exception cref="VipsException">The operation failed.</exception>
    public VipsOperation Run()
    {
        if (Vips.Build(operation) != 0)
        {
            throw new VipsException(Vips.TakeError());
        }

        return this;
    }

    /// <summary>An output image, as a reference of the caller's own.</summary>
    public GObjectHandle Image(string property)
    {
        GValue value = default;
        GObject.InitValue(&value, Vips.ImageType());
        GObject.GetProperty(operation, property, &value);
        try
        {
            return new GObjectHandle(GObject.Ref(GObject.GetObject(&value)));
        }
        finally
        {
            GObject.UnsetValue(&value);
        }
    }

    /// <summary>A copy of an output buffer.</summary>
    public byte[] Bytes(string property)
    {
        GValue value = default;
        GObject.InitValue(&value, Vips.BlobType());
        GObject.GetProperty(operation, property, &value);
        try
        {
            byte* data = Vips.GetBlob(GObject.GetBoxed(&value), out nuint length);
            return new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        }
        finally
        {
            GObject.UnsetValue(&value);
        }
    }

    public void Dispose()
    {
        if (!operation.IsInvalid && !operation.IsClosed)
        {
            Vips.UnrefOutputs(operation);
        }

        operation.Dispose();
    }

    private VipsOperation Assign(string property, GValue* value)
    {
        GObject.SetProperty(operation, property, value);
        GObject.UnsetValue(value);
        return this;
    }
}
