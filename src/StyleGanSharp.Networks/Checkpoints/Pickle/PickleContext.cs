namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>Where the reader stands: position for error messages, and the budget.</summary>
internal sealed record PickleContext(long Offset, PickleBudget Budget)
{
    /// <summary>Checks a value that may serve as key of a dictionary or set.</summary>
    public PickleKey Key(object? value)
    {
        if (!PickleKey.TryCreate(value, Budget.Limits.MaxKeyLength, out PickleKey key, out int length))
        {
            throw new PickleException(
                $"A {PickleText.KindOf(value)} is used as a key; keys of snapshots are short texts and numbers", Offset);
        }

        Budget.Spend(1 + (length / 64), Offset);
        return key;
    }
}
