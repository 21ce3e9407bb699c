using System.Runtime.InteropServices;

namespace StyleGanSharp.Data.Interop;

/// <summary>GObject's typed value: all zero before <c>g_value_init</c>, released by <c>g_value_unset</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public ulong Data0;
    public ulong Data1;
}
