using System.Reflection;
using StyleGanSharp.Torch;
using Xunit.v3;

namespace StyleGanSharp.Testing;

/// <summary>
/// Runs every test inside a <see cref="TensorScope"/>, for tests in which the life of tensors is not the matter.
/// </summary>
/// <remarks>
/// Not a scope in the test class's constructor and <c>Dispose</c>: <see cref="NoLeaksAttribute"/> counts before the class is
/// disposed. Scopes belong to threads, so not for asynchronous tests.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithTensorScopeAttribute : BeforeAfterTestAttribute
{
    [ThreadStatic]
    private static TensorScope? scope;

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => scope = new TensorScope();

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Close();

    /// <summary>
    /// Closes the scope of the test on this thread, if it has one. Whoever counts tensors after a test calls it first: in which
    /// order attributes are asked is up to the compiler and the runtime.
    /// </summary>
    internal static void Close()
    {
        scope?.Dispose();
        scope = null;
    }
}
