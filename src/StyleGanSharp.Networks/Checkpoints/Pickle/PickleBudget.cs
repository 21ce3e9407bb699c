namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// What is left of <see cref="PickleLimits"/>. A pickle nested in a byte string draws on the budget of the outer one, because
/// the same bytes can be referenced many times.
/// </summary>
internal sealed class PickleBudget(PickleLimits limits)
{
    private long operations = limits.MaxOperations;
    private long text = limits.MaxTextBytes;

    public PickleLimits Limits => limits;

    public void Spend(long count, long offset)
    {
        operations -= count;
        if (operations < 0)
        {
            throw new PickleException(
                $"The file needs more than {limits.MaxOperations} steps to read, far more than any network snapshot", offset);
        }
    }

    public void SpendText(long bytes, long offset)
    {
        text -= bytes;
        if (text < 0)
        {
            throw new PickleException(
                $"The text in the file takes more than {limits.MaxTextBytes >> 20} MiB, more than any network snapshot", offset);
        }
    }
}
