using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Distributed;

/// <summary>Makes all processes begin with the values of process 0: networks, optimizers, running means.</summary>
internal static class StartValues
{
    private const string StepPrefix = "step.";

    internal static void Share(IReducer reducer, TrainedNetworks networks, Trainer trainer)
    {
        if (reducer.Size == 1)
        {
            return;
        }

        foreach (Module module in new[] { networks.GeneratorModule, networks.AverageModule, networks.DiscriminatorModule })
        {
            reducer.Broadcast(module.NamedTensors().Select(t => t.Value));
        }

        reducer.Broadcast([trainer.Loss.PathLengthMean]);
        Share(reducer, trainer.GeneratorOptimizer, "G");
        Share(reducer, trainer.DiscriminatorOptimizer, "D");
    }

    // An optimizer has a state only for the parameters that were moved before, and only process 0 may have read one.
    private static void Share(IReducer reducer, Adam optimizer, string name)
    {
        using var scope = new TensorScope();
        Dictionary<string, Tensor> own = optimizer.State().ToDictionary(t => t.Name, t => t.Value);
        string names = reducer.Broadcast($"optimizer {name}", () => string.Join('\n', own.Keys));
        Dictionary<string, Tensor> parameters = optimizer.Parameters.ToDictionary(p => p.Name, p => p.Value);
        var state = new Dictionary<string, Tensor>();
        foreach (string key in names.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            state[key] = reducer.Rank == 0 ? own[key]
                : key.StartsWith(StepPrefix, StringComparison.Ordinal) ? Tensor.Zeros([], DType.Int64)
                : parameters[key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..]].Detach().ZerosLike();
        }

        reducer.Broadcast(state.Values);
        if (reducer.Rank != 0)
        {
            optimizer.LoadState(state);
        }
    }
}
