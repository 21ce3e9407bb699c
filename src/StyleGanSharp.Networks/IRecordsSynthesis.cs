namespace StyleGanSharp.Networks;

/// <summary>A generator that keeps recordings of its synthesis on CUDA devices (<c>STYLEGAN_CUDA_GRAPHS</c>).</summary>
public interface IRecordsSynthesis
{
    /// <summary>
    /// Frees the recordings and their memory: for programs that need it for something else, such as training between two
    /// previews.
    /// </summary>
    void ReleaseRecordings();
}
