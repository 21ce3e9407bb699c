namespace StyleGanSharp.Networks.Tests;

/// <summary>Tests that look at the whole process: they run after the others, one at a time.</summary>
[CollectionDefinition(nameof(RunAlone), DisableParallelization = true)]
public sealed class RunAlone;
