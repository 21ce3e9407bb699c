namespace StyleGanSharp.Training.Distributed;

/// <summary>What a process says about itself once a second.</summary>
/// <param name="Number">Rises with every beat.</param>
/// <param name="Entered">Exchanges that it has begun.</param>
/// <param name="Done">Exchanges that have ended for it.</param>
/// <param name="Paused">It does something that takes its time.</param>
/// <param name="LongestGap">The longest time between two exchanges so far, in seconds.</param>
/// <param name="Left">It has nothing to do with the others any more.</param>
internal readonly record struct Beat(long Number, long Entered, long Done, bool Paused, double LongestGap, bool Left);
