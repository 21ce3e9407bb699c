using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The sources of our kernels, embedded in this assembly: one set of kernels per file and element type.</summary>
internal static class CudaSources
{
    /// <summary>The file that all others begin with.</summary>
    private const string Prelude = "elements";

    private static readonly ConcurrentDictionary<(string File, DType Element), CudaSource> Made = new();

    /// <summary>Element types that kernels exist for, in the order of the macro <c>ELEMENT</c>.</summary>
    internal static IReadOnlyList<DType> Elements { get; } = [DType.Float32, DType.Float16, DType.BFloat16];

    /// <summary>Names of all files of kernels.</summary>
    internal static IReadOnlyList<string> Files { get; } =
        [CudaBiasAct.File, CudaUpFirDn2d.File, CudaFilteredLrelu.File, CudaStyleEpilogue.File];

    /// <summary>The kernels of a file for one of the <see cref="Elements"/>.</summary>
    internal static CudaSource Of(string file, DType element) =>
        Made.GetOrAdd((file, element), key => Make(key.File, key.Element));

    /// <summary>Text of a file, after that of the prelude; messages of a compiler name the file's own lines.</summary>
    internal static string Text(string file) => $"#line 1 \"{Prelude}.cu\"\n{Read(Prelude)}\n#line 1 \"{file}.cu\"\n{Read(file)}";

    /// <summary>Number of an element type in the macro <c>ELEMENT</c>.</summary>
    internal static int Number(DType element) => ((List<DType>)[.. Elements]).IndexOf(element);

    private static CudaSource Make(string file, DType element) => new(
        string.Create(CultureInfo.InvariantCulture, $"{file}-{element}").ToLowerInvariant(),
        Text(file),
        string.Create(CultureInfo.InvariantCulture, $"--define-macro=ELEMENT={Number(element)}"));

    private static string Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{file}.cu")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
