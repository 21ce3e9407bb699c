using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli;

/// <summary>Opens models with what the command line has to say about it.</summary>
internal static class ConsoleModels
{
    /// <summary>Opens the model of a verb that makes images, and says what is chosen on the user's behalf.</summary>
    internal static Model Open(
        string network, ComputeOptions compute, GenerationRequest sample, CommandOutput output, CancellationToken cancel,
        string option = "--network")
    {
        RequestException.ThrowIfAny(sample.Validate());
        Model model;
        try
        {
            model = Model.Open(network, compute, new ConsoleReport(output), cancel);
        }
        catch (RequestException e)
        {
            throw new UserException(OptionFlags.Explain(e, option));
        }

        foreach (string remark in model.Info.Remarks)
        {
            output.Say(remark);
        }

        if (model.Run(generator =>
            PrecisionSupport.Obstacle(sample.Precision, model.Info.Device, generator), cancel) is string obstacle)
        {
            output.Say(FastPrecision(obstacle, "float32 is used"));
        }

        return model;
    }

    /// <summary>Says how classes are chosen, where the user did not.</summary>
    internal static void SayClasses(Model model, GenerationRequest request, CommandOutput output)
    {
        if (model.Info.ClassCount == 0 || request.Class is not null || request.Label is not null)
        {
            return;
        }

        if (model.Info.LabelVectors.Count > 0)
        {
            output.Say(
                "The network is conditional on label vectors: each image's label is that of the training data with the "
                    + "number of its seed (or row) " +
                $"modulo {model.Info.LabelVectors.Count}; --label chooses one.");
        }
        else
        {
            output.Say($"The network is conditional: each image's class is its seed (or row) modulo "
                + $"{model.Info.ClassCount}; --class chooses one.");
        }
    }

    /// <summary>The file of a network; downloads it first if necessary.</summary>
    /// <param name="network">What the user named.</param>
    /// <param name="output">Takes licences and progress.</param>
    /// <param name="cancel">Ends a download.</param>
    /// <param name="option">The option that named it.</param>
    internal static string Locate(string network, CommandOutput output, CancellationToken cancel, string option = "--network")
    {
        try
        {
            return ModelRegistry.Locate(network, new ConsoleReport(output), cancel);
        }
        catch (RequestException e)
        {
            throw new UserException(OptionFlags.Explain(e, option));
        }
    }

    /// <summary>Uses fast precision where it helps, and says where it does not.</summary>
    internal static void ApplyPrecision(Precision wanted, IGenerator generator, Device device, CommandOutput output)
    {
        if (PrecisionSupport.Obstacle(wanted, device, generator) is string obstacle)
        {
            output.Say(FastPrecision(obstacle, "float32 is used"));
        }
        else if (generator is IReducedPrecision network)
        {
            network.Precision = wanted;
        }
    }

    /// <summary>Refuses a precision that this machine does not support; float32 in its place would give another result.</summary>
    /// <exception cref="UserException">It is of no use.</exception>
    internal static void RequirePrecision(Precision wanted, Device device, IGenerator? generator = null, bool isTraining = false)
    {
        if (PrecisionSupport.Obstacle(wanted, device, generator, isTraining) is string obstacle)
        {
            throw new UserException(FastPrecision(obstacle, "leave it out"));
        }
    }

    private static string FastPrecision(string obstacle, string consequence) => $"--precision fast: {obstacle}; {consequence}.";
}
