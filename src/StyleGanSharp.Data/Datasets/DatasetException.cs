using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Data.Datasets;

/// <summary>A data set could not be read or made. The message is one sentence that names the place and the way out.</summary>
public class DatasetException : Exception
{
    private readonly OptionText text;

    /// <summary>Creates the exception.</summary>
    /// <param name="path">The data set, or the file in it.</param>
    /// <param name="message">One sentence, with its full stop unless advice follows it.</param>
    /// <param name="innerException">The cause, if another exception was it.</param>
    /// <param name="advice">The data set to create instead; null: the message says what to do.</param>
    public DatasetException(string? path, OptionText message, Exception? innerException = null, CreationAdvice? advice = null)
        : base(Join($"{message}", advice?.ToString()), innerException) => (Path, text, Advice) = (path, message, advice);

    /// <summary>The data set, or the file in it.</summary>
    public string? Path { get; }

    /// <summary>The data set to create instead; null: the message says what to do.</summary>
    public CreationAdvice? Advice { get; }

    /// <summary>The message in the words of a face of the program.</summary>
    /// <param name="name">Maps options to what the face calls them.</param>
    /// <param name="advice">Turns advice into the face's way to follow it, a clause without a full stop.</param>
    public string Sentence(Func<string, string?> name, Func<CreationAdvice, string> advice)
    {
        ArgumentNullException.ThrowIfNull(advice);
        return Join(text.ToString(name), Advice is null ? null : advice(Advice));
    }

    private static string Join(string message, string? advice) => advice is null ? message : $"{message}: {advice}.";
}
