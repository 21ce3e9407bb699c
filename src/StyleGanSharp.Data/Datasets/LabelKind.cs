namespace StyleGanSharp.Data.Datasets;

/// <summary>What the labels of a data set are.</summary>
public enum LabelKind
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Every image belongs to one class; networks see a one-hot vector.</summary>
    Classes,

    /// <summary>Every image has a vector of numbers.</summary>
    Vectors,
}
