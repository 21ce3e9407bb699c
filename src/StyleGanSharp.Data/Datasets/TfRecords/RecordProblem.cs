namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>A record that cannot be used.</summary>
/// <param name="Record">Its number in the file, from 0.</param>
/// <param name="Clause">What is wrong, as a clause without the record's name.</param>
internal readonly record struct RecordProblem(int Record, string Clause);
