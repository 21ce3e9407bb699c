using StyleGanSharp.Networks.Ops;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>Tests of the fast operators themselves have nothing to test where these are switched off.</summary>
internal static class FastOpsOff
{
    internal static void Skip() => Assert.SkipUnless(FastOps.Enabled, $"{FastOps.Variable} switches the fast operators off");
}
