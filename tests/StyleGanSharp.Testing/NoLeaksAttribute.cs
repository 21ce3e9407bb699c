using System.Collections.Concurrent;
using System.Reflection;
using StyleGanSharp.Torch;
using Xunit;
using Xunit.v3;

namespace StyleGanSharp.Testing;

/// <summary>
/// Fails a test that leaves tensors behind: <see cref="Tensor.LiveCount"/> must return to its start without the help of the
/// garbage collector.
/// </summary>
/// <remarks>
/// The count is one for the whole process, so no other test may run at the same time: the assembly says
/// <c>[assembly: CollectionBehavior(DisableTestParallelization = true)]</c> (libtorch uses all cores inside one test anyway), or
/// the class belongs to a collection that is not run beside others. Anything else fails the test.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoLeaksAttribute : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, long> starts = new();

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Assert.True(
            test.TestCase.TestCollection.DisableParallelization
            || methodUnderTest.Module.Assembly.GetCustomAttribute<CollectionBehaviorAttribute>() is { DisableTestParallelization: true },
            "[NoLeaks] counts the tensors of the process: turn off parallel execution for the assembly or the test's collection.");

        // What earlier tests dropped without disposing must not be collected in the midst of this one and hide a leak.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        starts[test.UniqueID] = Tensor.LiveCount;
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        WithTensorScopeAttribute.Close();
        if (starts.TryRemove(test.UniqueID, out long start))
        {
            long left = Tensor.LiveCount - start;
            Assert.True(left == 0, $"The test left {left} tensor references behind.");
        }
    }
}
