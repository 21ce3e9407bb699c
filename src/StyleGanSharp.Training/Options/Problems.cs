namespace StyleGanSharp.Training.Options;

/// <summary>Collects what is wrong with a request, so that the user hears all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<string> sentences = [];

    /// <summary>Notes a sentence, unless all is well.</summary>
    internal void Unless(bool fine, string sentence)
    {
        if (!fine)
        {
            sentences.Add(sentence);
        }
    }

    /// <summary>Ends the matter.</summary>
    /// <exception cref="TrainingOptionsException">Something was noted.</exception>
    internal void ThrowIfAny()
    {
        if (sentences.Count > 0)
        {
            throw new TrainingOptionsException(sentences);
        }
    }
}
