using StyleGanSharp.Networks;
using StyleGanSharp.Projection.Tuning;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection.Tests.Tuning;

[WithTensorScope]
public sealed class TunedModelTests
{
    private const string Thin = "synthesis.b8.conv1.weight", Small = "synthesis.b8.conv1.bias";

    // Products of float32 factors against the float32 change.
    private const double Rounding = 1e-5;

    public static TheoryData<string> Damages => ["kind", "base", "pivots", "half", "rank", "both", "bare", "type", "nan"];

    [Theory, InlineData(12, 40), InlineData(40, 12)]
    public void A_change_of_low_rank_is_stored_as_a_product(int rows, int columns)
    {
        using var draws = new RandomGenerator(1);
        Tensor change = Tensor.RandN([rows, 2], draws).MatMul(Tensor.RandN([2, columns], draws));
        using WeightDifference difference = WeightDifference.Of(change, 0.999999);
        Assert.Equal(2, difference.Rank);
        Assert.Equal(2 * (rows + columns), difference.StoredCount);
        Close.To(change, difference.Expand(change.Shape), Rounding, "change");
    }

    [Theory, InlineData(0.5), InlineData(0.9)]
    public void The_error_of_a_product_is_what_it_says_and_within_the_energy(double kept)
    {
        using var draws = new RandomGenerator(2);
        Tensor change = Tensor.RandN([20, 5, 3, 3], draws);
        using WeightDifference difference = WeightDifference.Of(change, kept);
        double Length(Tensor x) => Math.Sqrt(x.To(DType.Float64).Square().Sum().Item());
        double error = Length(change - difference.Expand(change.Shape)) / Length(change);
        Assert.Equal(error, difference.RelativeError, Rounding);
        Assert.True(error <= Math.Sqrt(1 - kept) + Rounding);
    }

    [Fact]
    public void Vectors_and_changes_without_structure_are_stored_as_they_are()
    {
        using var draws = new RandomGenerator(3);
        foreach (Tensor change in new[] { Tensor.RandN([30], draws), Tensor.RandN([20, 30], draws) })
        {
            using WeightDifference difference = WeightDifference.Of(change, 0.999);
            Assert.Null(difference.Rank);
            Assert.Equal(change.ToArray<float>(), difference.Expand(change.Shape).ToArray<float>());
        }
    }

    [Fact]
    public void A_file_gives_the_same_network()
    {
        using var folder = new TemporaryFolder();
        using IGenerator generator = TinyNetworks.Open();
        using (TunedModel model = Model(generator))
        {
            model.Save(folder["tuned"]);
        }

        using TunedModel loaded = TunedModel.Load(folder["tuned"]);
        var before = ((Module)generator).NamedParameters().ToDictionary(p => p.Name, p => p.Value.Clone());
        string fingerprint = NetworkFingerprint.Of(generator);
        using (loaded.Apply(generator))
        {
            foreach (NamedTensor parameter in ((Module)generator).NamedParameters())
            {
                double moved = (parameter.Value - before[parameter.Name]).Abs().Max().Item();
                Assert.Equal(parameter.Name is Thin or Small ? 1 : 0, moved, Rounding);
            }

            Assert.Throws<ArgumentException>(() => loaded.Apply(generator));
        }

        Assert.Equal(fingerprint, NetworkFingerprint.Of(generator));
        Assert.Equal((1, (int?)null), (loaded.Differences[Thin].Rank!.Value, loaded.Differences[Small].Rank));
    }

    [Fact]
    public void Another_network_is_refused()
    {
        using IGenerator generator = TinyNetworks.Open(), other = TinyNetworks.Open("sg2-orig-32-c5");
        using TunedModel model = Model(generator);
        Assert.Contains("another network", Assert.Throws<ArgumentException>(() => model.Apply(other)).Message);
    }

    [Theory, InlineData("synthesis.nothing"), InlineData("synthesis.b4.const")]
    public void Changes_that_do_not_fit_the_network_are_refused(string name)
    {
        using IGenerator generator = TinyNetworks.Open();
        using var model = new TunedModel(
            NetworkFingerprint.Of(generator), Tensor.Zeros([1, 1, 1]).Own(),
            new Dictionary<string, WeightDifference> { [name] = new(Tensor.Ones([3]).Own()) });
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => model.Apply(generator)).Message);
    }

    [Theory, MemberData(nameof(Damages))]
    public void Damaged_files_are_refused(string damage)
    {
        using var folder = new TemporaryFolder();
        using IGenerator generator = TinyNetworks.Open();
        using (TunedModel model = Model(generator))
        {
            model.Save(folder["tuned"]);
        }

        using (SafetensorsFile file = Safetensors.Read(folder["tuned"]))
        {
            var tensors = file.Tensors.ToDictionary();
            var metadata = file.Metadata.ToDictionary();
            switch (damage)
            {
                case "kind" or "base":
                    metadata[damage] = "x";
                    break;
                case "pivots":
                    tensors.Remove("pivots");
                    break;
                case "half":
                    tensors.Remove($"left.{Thin}");
                    break;
                case "rank":
                    tensors[$"left.{Thin}"] = Tensor.Zeros([4, 2]);
                    break;
                case "both":
                    tensors[$"full.{Thin}"] = Tensor.Zeros([4, 2]);
                    break;
                case "bare":
                    tensors["more"] = Tensor.Zeros([4, 2]);
                    break;
                case "type":
                    tensors[$"full.{Small}"] = Tensor.Zeros([4], DType.Float64);
                    break;
                default:
                    tensors[$"right.{Thin}"] = tensors[$"right.{Thin}"] * double.PositiveInfinity;
                    break;
            }

            Safetensors.Write(folder["bad"], tensors.Select(t => (t.Key, t.Value)), metadata);
        }

        Assert.Throws<ProjectionFileException>(() => TunedModel.Load(folder["bad"]));
    }

    // One weight changed by 1 everywhere, which has rank one, and one bias by 1.
    private static TunedModel Model(IGenerator generator)
    {
        var own = ((Module)generator).NamedParameters().ToDictionary(p => p.Name, p => p.Value);
        return new TunedModel(
            NetworkFingerprint.Of(generator), Tensor.Zeros([1, generator.NumWs, generator.WDim]).Own(),
            new Dictionary<string, WeightDifference>
            {
                [Thin] = WeightDifference.Of(Tensor.Ones(own[Thin].Shape), 0.999),
                [Small] = WeightDifference.Of(Tensor.Ones(own[Small].Shape), 0.999),
            });
    }
}
