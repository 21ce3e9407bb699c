namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A value that the BUILD opcode may complete.</summary>
internal interface IPickleBuildable
{
    /// <summary>Takes the state that the file supplies.</summary>
    void Build(object? state, PickleContext context);
}
