using System.Security.Cryptography;
using System.Text;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection;

/// <summary>
/// Tells whether two networks in memory are the same, whatever files they came from: SHA-256 of the names, shapes and elements of
/// all parameters and buffers.
/// </summary>
public static class NetworkFingerprint
{
    /// <summary>The fingerprint, 64 hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">The generator is no <see cref="Module"/>: its weights cannot be listed.</exception>
    public static string Of(IGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedTensor tensor in Weights(generator).NamedTensors())
        {
            Append(hash, tensor.Name, tensor.Value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The generator as a module.</summary>
    internal static Module Weights(IGenerator generator) => generator as Module
        ?? throw new ArgumentException($"The weights of {generator.GetType().Name} cannot be listed.", nameof(generator));

    /// <summary>Adds a tensor with its name to a hash.</summary>
    internal static void Append(IncrementalHash hash, string name, Tensor value)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{name} {value.DType} {Shape.Format(value.Shape)}\n"));
        hash.AppendData(value.ToBytes());
    }
}
