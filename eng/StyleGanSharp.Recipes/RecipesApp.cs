using System.CommandLine;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Metrics;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Faces.Commands;
using StyleGanSharp.Recipes.Letters.Commands;
using StyleGanSharp.Recipes.People.Commands;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Recipes;

/// <summary>The program: finds the command, runs it, and turns every failure into one sentence and an exit code.</summary>
internal static class RecipesApp
{
    private const int Failed = 1;
    private const int InvalidInput = 2;

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="results">For results.</param>
    /// <param name="messages">For everything else.</param>
    /// <returns>0: done. 1: failed while running. 2: invalid input.</returns>
    internal static int Run(string[] args, TextWriter results, TextWriter messages)
    {
        var root = new RootCommand("What the recipes of the shipped models need besides stylegan.")
        {
            new Command("letters", "The letters model: classifier, evaluation, images.")
            {
                TrainClassifierCommand.Create(messages),
                EvaluateCommand.Create(results, messages),
                ChooseCommand.Create(results, messages),
                GridCommand.Create(),
            },
            new Command("people", "The people model: attribute network, evaluation, model file.")
            {
                TrainAttributesCommand.Create(results, messages),
                EvaluatePeopleCommand.Create(results, messages),
                PeopleFiguresCommand.Create(results),
            },
            new Command("faces", "The face networks: conversion, evaluation.")
            {
                ConvertFacesCommand.Create(results),
                EvaluateFacesCommand.Create(results, messages),
                AlignFacesCommand.Create(results),
            },
            CurveCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            messages.WriteLine($"recipes: {parsed.Errors[0].Message.TrimEnd('.')} (see: recipes --help).");
            return InvalidInput;
        }

        try
        {
            TorchLibrary.Load();
            return parsed.Invoke(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = results, Error = messages });
        }
        catch (Exception e) when (
            e is RecipeException or SnapshotException or SafetensorsException or MetricException or DatasetException
            or FeatureException or FaceException or AlignmentException)
        {
            messages.WriteLine($"recipes: {e.Message}");
            return InvalidInput;
        }
        catch (Exception e) when (e is ImageException or TorchException or TorchOutOfMemoryException || FileFault.IsFileFault(e))
        {
            messages.WriteLine($"recipes: {e.Message}");
            return Failed;
        }
    }
}
