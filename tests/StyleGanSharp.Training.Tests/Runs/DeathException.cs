namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>The death of a process, as far as a test can play it.</summary>
internal sealed class DeathException : Exception
{
    public static void ThrowIf(bool now)
    {
        if (now)
        {
            throw new DeathException();
        }
    }
}
