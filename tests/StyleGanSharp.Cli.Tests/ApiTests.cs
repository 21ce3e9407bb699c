using System.Reflection;
using System.Text;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>
/// The public surface of every library, recorded in docs/api, so that a change of it is a decision. After a deliberate change
/// STYLEGAN_UPDATE_API=1 writes the files anew.
/// </summary>
public sealed class ApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Libraries => ["Torch", "Data", "Networks", "Faces", "Generation", "Metrics", "Training"];

    [Theory, MemberData(nameof(Libraries))]
    public void The_surface_is_the_recorded_one(string library)
    {
        string path = Path.Combine(RepositoryRoot.Find(), "docs", "api", $"{library}.txt");
        string surface = Surface(Assembly.Load($"StyleGanSharp.{library}"));
        if (Environment.GetEnvironmentVariable("STYLEGAN_UPDATE_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }

        string[] recorded = [.. File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n')], found = surface.Split('\n');
        string[] changes = [.. recorded.Except(found).Select(l => $"- {l}"), .. found.Except(recorded).Select(l => $"+ {l}")];
        Assert.True(changes.Length == 0,
            $"The public surface of {library} changed; if it should, run this test with "
                + $"STYLEGAN_UPDATE_API=1:\n{string.Join('\n', changes)}");
    }

    private static string Surface(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Line).OfType<string>().Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(type.FullName).Append(": ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed
        ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    // What the compiler writes for records says nothing; accessors are told by their property.
    private static string? Line(MemberInfo member) => member switch
    {
        MethodInfo { IsSpecialName: false } m when IsVisible(m) && !IsSynthesized(m) =>
            $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        MethodInfo { IsSpecialName: true } m when IsVisible(m) && m.Name.StartsWith("op_", StringComparison.Ordinal)
            && !IsSynthesized(m) =>
            $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        ConstructorInfo c when IsVisible(c) && !IsCopy(c) => $"new({Parameters(c)})",
        PropertyInfo p when p.GetMethod is { } get && IsVisible(get) && p.Name != "EqualityContract" =>
            $"{Name(p.PropertyType)} {p.Name} {{ get; {(p.SetMethod is { } set && IsVisible(set) ? "set; " : "")}}}",
        FieldInfo { IsSpecialName: false } f when f.IsPublic =>
            $"{Name(f.FieldType)} {f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")}",
        EventInfo e => $"event {e.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily;

    private static bool IsSynthesized(MethodInfo method) =>
        method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || method.Name is "GetHashCode" or "Equals" or "ToString" or "PrintMembers" or "Deconstruct"
        || method.Name.StartsWith('<');

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType && constructor.IsFamily;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : "")}{Name(p.ParameterType)} "
            + $"{p.Name}{(p.HasDefaultValue ? $" = {p.RawDefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
