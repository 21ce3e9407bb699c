namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// The conditional entropy H(Y|X) of a target Y given a classifier's output X: the information that is missing to know the
/// target. Source: Shannon, "A Mathematical Theory of Communication" (1948), section 6; its use: Karras et al. (2019), section
/// 4.2.
/// </summary>
public static class ConditionalEntropy
{
    /// <summary>
    /// Computes it in bits. A classifier that always answers the same has one row that is empty, which contributes nothing: the
    /// result is the entropy of the target itself. A target that is always the same gives 0, whatever the classifier answers.
    /// </summary>
    /// <param name="table">[outputs, targets]: how often each pair occurs, as counts or as shares; not negative.</param>
    /// <returns>From 0 (the output tells the target) to log2 of the number of targets.</returns>
    /// <exception cref="ArgumentException">The table is empty, all zero, or holds a negative or infinite number.</exception>
    public static double Of(double[,] table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double total = 0;
        foreach (double entry in table)
        {
            // Written so that NaN fails.
            total += entry >= 0 && double.IsFinite(entry)
                ? entry
                : throw new ArgumentException(
                    $"A joint distribution cannot hold {entry:R}; counts and shares are 0 or above.", nameof(table));
        }

        if (!(total > 0))
        {
            throw new ArgumentException("A joint distribution must hold something: all entries are zero.", nameof(table));
        }

        double bits = 0;
        for (int output = 0; output < table.GetLength(0); output++)
        {
            double row = 0;
            for (int target = 0; target < table.GetLength(1); target++)
            {
                row += table[output, target];
            }

            for (int target = 0; target < table.GetLength(1); target++)
            {
                double entry = table[output, target];
                bits -= entry == 0 ? 0 : entry / total * Math.Log2(entry / row);
            }
        }

        return Math.Max(0, bits); // Not -0 where nothing is missing.
    }

    /// <summary>Counts how often outputs and targets occur together.</summary>
    /// <param name="outputs">What the classifier answered.</param>
    /// <param name="targets">What would have been right; as many.</param>
    /// <returns>[2, 2]: outputs by targets, false before true.</returns>
    /// <exception cref="ArgumentException">Not as many outputs as targets.</exception>
    public static double[,] Table(ReadOnlySpan<bool> outputs, ReadOnlySpan<bool> targets)
    {
        if (outputs.Length != targets.Length)
        {
            throw new ArgumentException($"There are {outputs.Length} outputs for {targets.Length} targets.", nameof(targets));
        }

        var table = new double[2, 2];
        for (int i = 0; i < outputs.Length; i++)
        {
            table[outputs[i] ? 1 : 0, targets[i] ? 1 : 0]++;
        }

        return table;
    }
}
