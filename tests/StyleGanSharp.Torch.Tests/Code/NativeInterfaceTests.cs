using System.Text.RegularExpressions;

namespace StyleGanSharp.Torch.Tests.Code;

public sealed partial class NativeInterfaceTests
{
    private static readonly Dictionary<string, string> TypesInCSharp = new()
    {
        ["int32_t"] = "int",
        ["int64_t"] = "long",
        ["uint64_t"] = "ulong",
        ["void"] = "void",
    };

    [Fact]
    public void Exports_and_imports_are_the_same_in_number_and_types_of_parameters()
    {
        var exports = Exports().ToDictionary(e => e.Name, e => e.Signature);
        var imports = Imports().ToDictionary(i => i.Name, i => i.Signature);
        Assert.NotEmpty(exports);
        Assert.Equal(exports.Keys.Order(), imports.Keys.Order());
        Assert.All(exports, export => Assert.Equal($"{export.Key}: {export.Value}", $"{export.Key}: {imports[export.Key]}"));
    }

    [Fact]
    public void Every_export_is_defined_in_the_file_that_the_header_names()
    {
        string file = "";
        foreach (string line in Header().Split('\n'))
        {
            Match section = SectionPattern().Match(line);
            file = section.Success ? section.Groups[1].Value : file;
            Match export = ExportPattern().Match(line);
            if (export.Success)
            {
                string name = export.Groups[2].Value;
                Assert.Matches($@"(?m)^\w[^\n]*\b{name}\(", Repository.Read($"native/src/{file}"));
            }
        }
    }

    [Fact]
    public void Interface_version_statuses_and_tags_are_the_same_on_both_sides()
    {
        Assert.Equal(
            Regex.Match(Repository.Read("native/src/error.cpp"), @"#define SG_ABI_VERSION (\d+)").Groups[1].Value,
            Interop.Native.AbiVersion.ToString());
        Assert.Equal(Interop.Native.Ok, Constant("SG_OK"));
        Assert.Equal(Interop.Native.Error, Constant("SG_ERROR"));
        Assert.Equal(Interop.Native.OutOfMemory, Constant("SG_OUT_OF_MEMORY"));
        foreach (Interop.NativeTag tag in Enum.GetValues<Interop.NativeTag>())
        {
            string name = "SG_" + Regex.Replace(tag.ToString(), "(?<=.)([A-Z])", "_$1").ToUpperInvariant();
            Assert.Equal(Constant(name), (int)tag);
        }

        Assert.Equal(24, System.Runtime.InteropServices.Marshal.SizeOf<Interop.NativeValue>());

        static int Constant(string name)
        {
            Match match = Regex.Match(Header(), $@"\b{name} = (\d+)");
            Assert.True(match.Success, name);
            return int.Parse(match.Groups[1].Value);
        }
    }

    private static string Header() => Repository.Read("native/include/stylegan_torch.h");

    // A signature is the list of simple types, result first; everything behind a pointer is "ptr".
    private static IEnumerable<(string Name, string Signature)> Exports()
    {
        string text = Regex.Replace(Header(), @"/\*.*?\*/", "", RegexOptions.Singleline);
        foreach (Match match in ExportPattern().Matches(text))
        {
            IEnumerable<string> parameters = Split(match.Groups[3].Value).Where(p => p != "void");
            IEnumerable<string> types = [match.Groups[1].Value, .. parameters.Select(p => Regex.Replace(p, @"\s*\w+$", ""))];
            yield return (match.Groups[2].Value, string.Join(", ", types.Select(Simple)));
        }

        static string Simple(string type) => TypesInCSharp.GetValueOrDefault(type.Trim(), "ptr");
    }

    private static IEnumerable<(string Name, string Signature)> Imports()
    {
        foreach (string file in Repository.Files("src/StyleGanSharp.Torch/Interop", "Native.*.cs"))
        {
            foreach (Match match in ImportPattern().Matches(File.ReadAllText(file)))
            {
                string name = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[3].Value;
                IEnumerable<string> types =
                    [match.Groups[2].Value, .. Split(match.Groups[4].Value).Select(p => p[..p.LastIndexOf(' ')])];
                yield return (name, string.Join(", ", types.Select(Simple)));
            }
        }

        static string Simple(string type) => TypesInCSharp.ContainsValue(type.Trim()) ? type.Trim() : "ptr";
    }

    // At the commas outside of <...>.
    private static IEnumerable<string> Split(string parameters) =>
        Regex.Split(Regex.Replace(parameters, @"<[^<>]*>", ""), ",").Select(p => p.Trim()).Where(p => p.Length > 0);

    [GeneratedRegex(@"SG_EXPORT ([\w ]+?[\w\*] ?\*?)(sg_\w+)\(([^)]*)")]
    private static partial Regex ExportPattern();

    [GeneratedRegex(@"/\* ---- (\w+\.cpp) ---- \*/")]
    private static partial Regex SectionPattern();

    [GeneratedRegex(
        @"\[LibraryImport\(Library(?:, EntryPoint = ""(\w+)"")?[^\]]*\]\s+"
        + @"(?:private|internal) static partial ([\w\*]+) (\w+)\(([^)]*)\)")]
    private static partial Regex ImportPattern();
}
