using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Labels;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Models;

/// <summary>Whether a model can carry out a request that is sound by itself.</summary>
internal static class ModelChecks
{
    internal static IEnumerable<OptionProblem> Problems(GenerationRequest request, ModelInfo model)
    {
        if (request is GridRequest grid)
        {
            return [.. grid.Images.OfType<ImageRequest>().SelectMany(i => Problems(i, model)), .. Optional(
                grid.Size.Problem("grid", model.Width, model.Height))];
        }

        return [.. Common(request, model), .. Own(request, model)];
    }

    private static IEnumerable<OptionProblem> Common(GenerationRequest request, ModelInfo model)
    {
        if (request.Truncation.Layers is string layers
            && LayerPsis.Parse(layers, "truncation.layers").Problem(model.NumWs) is { } missing)
        {
            yield return missing;
        }

        if (request.Truncation.Truncates && !model.CanTruncate)
        {
            yield return new OptionProblem(
                "truncation", $"{request.Truncation.Psi}",
                "the network keeps no average of w, so it cannot truncate: leave it out");
        }

        if (request.Transform is not null && !model.CanTransform)
        {
            yield return new OptionProblem(
                "transform", null, "shift, rotation and scale need an alias-free network (StyleGAN3), which this one is not");
        }

        if (request.Label is { } label && label.Count != model.ClassCount)
        {
            yield return new OptionProblem("label", LabelVector.Text(label), model.ClassCount == 0
                ? "the network is unconditional, it has no labels"
                : $"has {label.Count} numbers; the network's labels have {model.ClassCount}");
        }

        if (model.LabelVectors.Count > 0 && (request.Class ?? (request as VideoRequest)?.Classes?[0]) is string asClass)
        {
            // Weights of a mixture are scaled to add up to one, which would change a vector without a word.
            yield return new OptionProblem(
                request.Class is null ? "classes" : "class", asClass,
                $"the network was trained with label vectors of {model.ClassCount} numbers, not with classes; " +
                $"give a label such as {LabelVector.Text(model.LabelVectors[0])}");
        }
        else if (request.Class is string chosen
            && Try(() => new ClassLabels(model.ClassCount, model.ClassNames).Parse("class", chosen)) is { } unknown)
        {
            yield return unknown;
        }
    }

    private static IEnumerable<OptionProblem> Own(GenerationRequest request, ModelInfo model) => request switch
    {
        ImageRequest image => Image(image, model),
        MixRequest mix => Mix(mix, model),
        NoiseRequest noise => model.NoiseResolutions.Count == 0
            ? [new OptionProblem("model", model.Name, "has no noise inputs, so there is nothing to show")]
            : Optional(noise.Grid.Problem("grid", model.Width, model.Height)),
        VideoRequest video => Video(video, model),
        _ => [],
    };

    private static IEnumerable<OptionProblem> Image(ImageRequest request, ModelInfo model)
    {
        foreach (Latent latent in request.Styles.Select(s => s.Latent).Prepend(request.Latent))
        {
            if (latent.Z is { } z && z.Length != model.ZDim)
            {
                yield return new OptionProblem("latent.z", null, $"has {z.Length} numbers; the network needs {model.ZDim}");
            }

            if (latent.W is { } w && w.Length != model.NumWs * model.WDim)
            {
                yield return new OptionProblem(
                    "latent.w", null,
                    $"has {w.Length} numbers; the network needs {model.NumWs} x {model.WDim}. Was it made with another network?");
            }
        }

        if (request.Styles.Count > 0 && model.NumWs < 2)
        {
            yield return new OptionProblem(
                "styles", null, "the network has one latent for all its layers, so there are no styles to mix");
        }

        foreach (StylePart part in request.Styles)
        {
            if (Try(() => LayerSet.Parse(part.Layers, "styles", model.NumWs, model.Levels)) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<OptionProblem> Mix(MixRequest request, ModelInfo model)
    {
        if (model.NumWs < 2)
        {
            yield return new OptionProblem(
                "model", model.Name, "has one latent for all its layers, so there are no styles to mix");
        }
        else if (request.Layers is string layers
            && Try(() => LayerSet.Parse(layers, "layers", model.NumWs, model.Levels)) is { } problem)
        {
            yield return problem;
        }

        foreach (OptionProblem large in Optional(
            new GridSize(request.Columns.Count + 1, request.Rows.Count + 1).Problem("table", model.Width, model.Height)))
        {
            yield return large;
        }
    }

    private static IEnumerable<OptionProblem> Video(VideoRequest request, ModelInfo model)
    {
        foreach (OptionProblem large in Optional(request.Grid.Problem("grid", model.Width, model.Height)))
        {
            yield return large;
        }

        if (request.Motion == VideoMotion.Truncation && !model.CanTruncate)
        {
            yield return new OptionProblem(
                "motion", "truncation", "the network keeps no average of w, so its truncation cannot be swept");
        }

        foreach (string label in request.Classes ?? [])
        {
            if (Try(() => new ClassLabels(model.ClassCount, model.ClassNames).Parse("classes", label)) is { } unknown)
            {
                yield return unknown;
            }
        }
    }

    private static OptionProblem? Try(Action parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (RequestException e)
        {
            return e.Problems[0];
        }
    }

    private static IEnumerable<OptionProblem> Optional(OptionProblem? problem) => problem is null ? [] : [problem];
}
