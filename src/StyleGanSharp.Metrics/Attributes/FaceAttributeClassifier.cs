using StyleGanSharp.Faces;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Attributes;

/// <summary>
/// Smile, age and gender of the face networks. Made for photographs: on rendered faces the gender fails, and ages are a guess.
/// </summary>
/// <param name="device">Where they compute.</param>
internal sealed class FaceAttributeClassifier(Device device) : IAttributeClassifier
{
    private const double Adult = 35;         // Half of the people in photographs are younger, roughly.
    private const double AgeScale = 10;
    private const double Least = 1e-6;

    private readonly FaceReadings faces = new(device);

    public string Name => AttributeClassifiers.Faces;

    public IReadOnlyList<string> Attributes { get; } = ["happy", "neutral", "older_than_35", "female"];

    public Tensor Logits(Tensor images)
    {
        Face?[] found = faces.Read(images, FaceParts.Expressions | FaceParts.AgeAndGender);
        float[] values = [.. found.SelectMany(Row)];
        return Tensor.From(values, [found.Length, Attributes.Count]);
    }

    public void Dispose() => faces.Dispose();

    private static float[] Row(Face? face)
    {
        if (face is null)
        {
            return [float.NaN, float.NaN, float.NaN, float.NaN];
        }

        GenderEstimate gender = face.Gender!.Value;
        double female = gender.Gender == Gender.Female ? gender.Probability : 1 - gender.Probability;
        return
        [
            Logit(face.Expressions![(int)Expression.Happy]), Logit(face.Expressions[(int)Expression.Neutral]),
            (float)((face.Age!.Value - Adult) / AgeScale), Logit(female),
        ];
    }

    private static float Logit(double probability)
    {
        double p = Math.Clamp(probability, Least, 1 - Least);
        return (float)Math.Log(p / (1 - p));
    }
}
