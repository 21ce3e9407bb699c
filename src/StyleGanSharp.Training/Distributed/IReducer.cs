using StyleGanSharp.Torch;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Distributed;

/// <summary>What the processes of a training do together. All of them call the same methods in the same order.</summary>
public interface IReducer
{
    /// <summary>Number of this process; 0 writes everything.</summary>
    int Rank { get; }

    /// <summary>Number of processes.</summary>
    int Size { get; }

    /// <summary>Number of processes on this machine: they share its memory.</summary>
    int LocalSize { get; }

    /// <summary>
    /// Averages what a phase made over all processes: its gradients, and the running averages that it moved, in place. A gradient
    /// that is missing everywhere stays missing; one that is missing here counts as zero.
    /// </summary>
    /// <param name="parameters">What the gradients are of.</param>
    /// <param name="gradients">One for each parameter, in the current scope; null: memory was exhausted here.</param>
    /// <param name="averages">The running averages that a phase may move.</param>
    /// <returns>
    /// The averaged gradients in the current scope; null: memory was exhausted somewhere, and all repeat the phase.
    /// </returns>
    Tensor?[]? Average(IReadOnlyList<Tensor> parameters, Tensor?[]? gradients, Averages averages);

    /// <summary>Adds up some numbers over all processes.</summary>
    /// <param name="values">The same number of them everywhere.</param>
    double[] Sum(params ReadOnlySpan<double> values);

    /// <summary>Makes tensors those of process 0, in place.</summary>
    void Broadcast(IEnumerable<Tensor> tensors);

    /// <summary>Makes a text that of process 0.</summary>
    /// <param name="name">Says which; each name is used once.</param>
    /// <param name="text">Asked for in process 0 only.</param>
    string Broadcast(string name, Func<string> text);

    /// <summary>
    /// From here to the end of the returned object this process does something that takes its time, and the others wait.
    /// </summary>
    IDisposable Pause();
}
