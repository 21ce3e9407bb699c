using System.Reflection;
using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>
/// Logical names of the C libraries this assembly binds, and the file names each has on Linux, macOS and Windows.
/// The numbered names are tried because the unnumbered links come only with development packages.
/// </summary>
internal static class NativeLibraries
{
    public const string Vips = "vips";
    public const string GObject = "gobject-2.0";
    public const string GLib = "glib-2.0";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        return true;
    });

    /// <summary>Registers the search for this assembly; calling it again does nothing.</summary>
    public static void Register() => _ = Registered.Value;

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string[] candidates = name switch
        {
            Vips => ["libvips.so.42", "libvips.42.dylib", "libvips-42.dll"],
            GObject => ["libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"],
            GLib => ["libglib-2.0.so.0", "libglib-2.0.0.dylib", "libglib-2.0-0.dll"],
            _ => [],
        };
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, searchPath, out IntPtr library))
            {
                return library;
            }
        }

        return IntPtr.Zero;   // The runtime's own search, and its DllNotFoundException.
    }
}
