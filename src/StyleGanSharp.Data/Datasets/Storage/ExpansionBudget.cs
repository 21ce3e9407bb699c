namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>What archives inside of archives may unpack to, all together.</summary>
internal sealed class ExpansionBudget
{
    /// <summary>4 GiB on the disk: an archive that pretends to be small must not fill it.</summary>
    public const long MaxBytes = 4L << 30;

    /// <summary>Archives inside of one another.</summary>
    public const int MaxDepth = 3;

    private long left = MaxBytes;

    /// <exception cref="InvalidDataException">There is not so much left; the message is a clause.</exception>
    public void Take(long bytes)
    {
        if (bytes > left)
        {
            throw new InvalidDataException($"unpacks, with the other archives, to more than {MaxBytes} bytes: unpack it by hand");
        }

        left -= bytes;
    }
}
