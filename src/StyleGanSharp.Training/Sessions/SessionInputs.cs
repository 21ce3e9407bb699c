using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>The data, the networks to start from, and the options that follow from them.</summary>
internal sealed class SessionInputs : IDisposable
{
    private SessionInputs(ImageDataset dataset, StartFile? start, string? startName, TrainingOptions options) =>
        (Dataset, Start, StartName, Options) = (dataset, start, startName, options);

    internal ImageDataset Dataset { get; }

    internal StartFile? Start { get; }

    /// <summary>What the user called the networks to start from.</summary>
    internal string? StartName { get; }

    internal TrainingOptions Options { get; }

    internal static SessionInputs Open(
        TrainingSessionOptions session, ResumeChoice resume, int processes, ITrainingReport report, CancellationToken cancel)
    {
        TrainingRequest request = session.Request with { StartFrom = resume.Network };
        var dataset = ImageDataset.Open(request.Data.Path);
        StartFile? start = null;
        try
        {
            DatasetLabels labels = dataset.Labels;
            if (request.Data.UseLabels && labels.Kind == LabelKind.None)
            {
                throw Problems.Fault(
                    Names.UseLabels, null,
                    $"{request.Data.Path} has no labels; create a data set with labels from folders, "
                        + $"or leave {Names.UseLabels} out");
            }

            start = resume.Network is string network ? StartFile.Open(Locate(network, report, cancel)) : null;
            var facts = new DatasetFacts(dataset.Width, dataset.Height, dataset.Channels, labels.Size, dataset.Count);
            TrainingOptions options = OptionResolver.Resolve(request, facts, start?.Architecture);
            BatchShare.RequireAll(options, processes);
            return new SessionInputs(dataset, start, resume.Network, options);
        }
        catch
        {
            start?.Dispose();
            dataset.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Start?.Dispose();
        Dataset.Dispose();
    }

    private static string Locate(string network, ITrainingReport report, CancellationToken cancel)
    {
        try
        {
            return ModelRegistry.Locate(network, new ModelReport(report), cancel);
        }
        catch (RequestException e)
        {
            // There it is the model of a request; here it is what the run starts from.
            throw new TrainingOptionsException([.. e.Problems.Select(p => p with { Property = Names.StartFrom.Property })]);
        }
    }

    private sealed class ModelReport(ITrainingReport report) : IModelReport
    {
        public void Say(string sentence) => report.Say(sentence);

        public void Progress(WorkProgress progress) => report.Download(progress);
    }
}
