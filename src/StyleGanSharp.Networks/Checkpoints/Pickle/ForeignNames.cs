namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// Which names outside an allow-list end the reading although they would do nothing here: a file with them is made to harm
/// whoever opens it in Python, or to look like what it is not.
/// </summary>
internal static class ForeignNames
{
    // Python's own modules that act on the machine or run code, and those of PyTorch that load more of it.
    private static readonly HashSet<string> Refused =
    [
        "_pickle", "asyncio", "bdb", "cPickle", "cProfile", "code", "codeop", "commands", "ctypes", "distutils", "doctest",
        "ftplib", "http", "imp",
        "importlib", "io", "marshal", "multiprocessing", "nt", "operator", "os", "pdb", "pickle", "pip", "platform", "posix",
        "posixpath", "profile",
        "pty", "pydoc", "requests", "runpy", "setuptools", "shutil", "signal", "smtplib", "socket", "subprocess", "sys",
        "tempfile", "timeit", "types",
        "urllib", "webbrowser",
    ];

    private static readonly string[] RefusedPackages =
        ["torch.hub", "torch.jit", "torch.package", "torch.serialization", "torch.utils.cpp_extension"];

    // Plain names of modules that the lists know otherwise: number formats, devices and Python's own types in the state of
    // foreign objects.
    private static readonly Dictionary<string, string[]> Plain = new()
    {
        ["torch"] =
        [
            "bfloat16", "bool", "channels_last", "complex64", "contiguous_format", "device", "dtype", "float16", "float32",
            "float64", "int16", "int32",
            "int64", "int8", "memory_format", "preserve_format", "strided", "uint8",
        ],
        ["numpy"] = ["bool_", "float16", "float32", "float64", "int16", "int32", "int64", "int8", "uint16", "uint32", "uint64",
            "uint8"],
        ["builtins"] = ["bool", "complex", "dict", "float", "int", "list", "range", "slice", "str", "tuple", "type"],
        ["__builtin__"] =
            ["bool", "complex", "dict", "float", "int", "list", "long", "slice", "str", "tuple", "type", "unicode", "xrange"],
        ["collections"] = ["Counter", "defaultdict", "deque"],
    };

    /// <summary>Whether a name is refused.</summary>
    /// <param name="module">Python module.</param>
    /// <param name="name">Name in the module.</param>
    /// <param name="known">
    /// Modules of which a list knows names, without regard to case: other names in them are no networks' classes.
    /// </param>
    internal static bool AreRefused(string module, string name, HashSet<string> known)
    {
        if (known.Contains(module))
        {
            return !(Plain.TryGetValue(module, out string[]? plain) && plain.Contains(name));
        }

        string first = module.Split('.', 2)[0];
        return Refused.Contains(first)
            || Array.Exists(RefusedPackages, p => module == p || module.StartsWith(p + ".", StringComparison.Ordinal))
            || known.Any(k => module.StartsWith(k + "._", StringComparison.OrdinalIgnoreCase));
    }
}
