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

    /// <summary>Metadata field: threads for this image, instead of the library's number.</summary>
    public const string MetaConcurrency = "concurrency";

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

    /// <summary>Sets a metadata field, such as <see cref="MetaConcurrency"/>, of an image nobody else uses.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_set_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetInt(GObjectHandle image, string field, int value);

    /// <summary>Sets a metadata field of several numbers, which are copied, of an image nobody else uses.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_set_array_int", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetInts(GObjectHandle image, string field, int[] values, int count);

    /// <summary>Makes every evaluation of the image fail from now on; any thread may call it.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_set_kill")]
    public static partial void SetKill(GObjectHandle image, int kill);

    /// <summary>Evaluates the whole pipeline into a new memory image (a new reference), or null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_image_copy_memory")]
    public static partial GObjectHandle CopyMemory(GObjectHandle image);

    /// <summary>Makes a window through which one thread reads an image (a new reference), or null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_region_new")]
    public static partial GObjectHandle NewRegion(GObjectHandle image);

    /// <summary>Evaluates a rectangle; returns its pixels, which the caller frees with g_free, or null on failure.</summary>
    [LibraryImport(NativeLibraries.Vips, EntryPoint = "vips_region_fetch")]
    public static partial byte* Fetch(GObjectHandle region, int left, int top, int width, int height, out nuint size);
}
