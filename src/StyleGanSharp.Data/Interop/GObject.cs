using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>The part of GObject and GLib that libvips' generic operation interface needs.</summary>
internal static unsafe partial class GObject
{
    // Fundamental types of gtype.h: the number shifted by G_TYPE_FUNDAMENTAL_SHIFT (2).
    public const nuint TypeBoolean = 5 << 2;
    public const nuint TypeInt = 6 << 2;
    public const nuint TypeString = 16 << 2;

    /// <summary>GLogLevelFlags: warnings and less (message, info, debug).</summary>
    public const int LogWarningAndBelow = (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7);

    /// <summary>Drops one reference; the last one frees the object.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_unref")]
    public static partial void Unref(IntPtr instance);

    /// <summary>Takes one more reference and returns the same pointer.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_ref")]
    public static partial IntPtr Ref(IntPtr instance);

    /// <summary>Copies <paramref name="value"/> into a property; the types are transformed (int to enum) where needed.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetProperty(GObjectHandle instance, string name, GValue* value);

    /// <summary>Reads a property into an initialised value, which then owns a reference or copy.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetProperty(GObjectHandle instance, string name, GValue* value);

    /// <summary>Returns the property's description (owned by the class), or null when the class has none of that name.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_object_class_find_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr FindProperty(IntPtr instanceClass, string name);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_init")]
    public static partial GValue* InitValue(GValue* value, nuint type);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_unset")]
    public static partial void UnsetValue(GValue* value);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_set_int")]
    public static partial void SetInt(GValue* value, int number);

    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_set_boolean")]
    public static partial void SetBoolean(GValue* value, int flag);

    /// <summary>Stores a copy of the text.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetString(GValue* value, string text);

    /// <summary>Stores an object; the value takes its own reference.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_set_object")]
    public static partial void SetObject(GValue* value, GObjectHandle instance);

    /// <summary>Returns the object (still owned by the value), or null.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_get_object")]
    public static partial IntPtr GetObject(GValue* value);

    /// <summary>Returns the boxed pointer (still owned by the value), or null.</summary>
    [LibraryImport(NativeLibraries.GObject, EntryPoint = "g_value_get_boxed")]
    public static partial IntPtr GetBoxed(GValue* value);

    /// <summary>Frees memory that GLib allocated; null is allowed.</summary>
    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_free")]
    public static partial void Free(void* memory);

    /// <summary>Routes messages of one log domain to a handler.</summary>
    [LibraryImport(NativeLibraries.GLib, EntryPoint = "g_log_set_handler", StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint SetLogHandler(
        string domain, int levels, delegate* unmanaged[Cdecl]<byte*, int, byte*, void*, void> handler, void* data);
}
