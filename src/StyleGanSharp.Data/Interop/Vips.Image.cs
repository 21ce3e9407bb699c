using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>libvips: images, their header fields and their pixels.</summary>
internal static unsafe partial class Vips
{
    // VipsBandFormat
    public const int FormatByte = 0;
    public const int FormatUShort = 2;

    // VipsInterpretation
    public const int InterpretationBlackWhite = 1;
    public const int InterpretationCmyk = 15;
    public const int InterpretationSrgb = 22;

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_width")]
    public static partial int GetWidth(GObjectHandle image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_height")]
    public static partial int GetHeight(GObjectHandle image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_bands")]
    public static partial int GetBands(GObjectHandle image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_format")]
    public static partial int GetFormat(GObjectHandle image);

    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_interpretation")]
    public static partial int GetInterpretation(GObjectHandle image);

    /// <summary>EXIF orientation 1..8; 1 when there is none.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_get_orientation")]
    public static partial int GetOrientation(GObjectHandle image);

    /// <summary>Wraps caller's memory [H, W, bands] without a copy; it must outlive the image. Returns null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_new_from_memory")]
    public static partial GObjectHandle NewFromMemory(void* data, nuint size, int width, int height, int bands, int format);

    /// <summary>Evaluates the whole pipeline into a new memory image (a new reference), or null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_copy_memory")]
    public static partial GObjectHandle CopyMemory(GObjectHandle image);

    /// <summary>Evaluates the whole pipeline; returns pixels that the caller frees with g_free, or null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_write_to_memory")]
    public static partial byte* WriteToMemory(GObjectHandle image, out nuint size);
}
