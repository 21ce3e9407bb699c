using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace StyleGanSharp.Testing;

/// <summary>A theory over golden cases (trait <c>Kind=Golden</c>); where a folder has none of them, there is no test.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(Discoverer))]
public sealed class GoldenTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    /// <summary>Creates the attribute.</summary>
    public GoldenTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Kind", "Golden")];

    // Xunit's own case for a theory without data breaks its report ("Cannot find test case metadata").
    private sealed class Discoverer : TheoryDiscoverer
    {
        public override async ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
        {
            ArgumentNullException.ThrowIfNull(testMethod);
            await using var tracker = new DisposalTracker();
            foreach (IDataAttribute source in testMethod.DataAttributes)
            {
                if ((await source.GetData(testMethod.Method, tracker)).Count > 0)
                {
                    return await base.Discover(discoveryOptions, testMethod, factAttribute);
                }
            }

            return [];
        }
    }
}
