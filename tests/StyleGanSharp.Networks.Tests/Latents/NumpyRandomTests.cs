using System.Globalization;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Latents;

/// <summary>Every draw of rng/numpy-rng.npz, bit for bit.</summary>
public sealed class NumpyRandomTests
{
    private const string File = "rng/numpy-rng.npz";

    public static TheoryData<uint> Seeds =>
        [.. GoldenFolder.Keys(File).Select(key => uint.Parse(key.Split('/')[0]["seed".Length..], CultureInfo.InvariantCulture))
            .Distinct().Order()];

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void Gaussian_numbers_equal_numpys(uint seed)
    {
        Equal(seed, "randn", count => new NumpyRandom(seed).RandN(count));
    }

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void The_second_gaussian_is_kept_between_calls(uint seed)
    {
        NumpyRandom random = new(seed);
        Equal(seed, "randn_odd", [.. random.RandN(7), .. random.RandN(4)]);
    }

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void Uniform_numbers_equal_numpys(uint seed)
    {
        Equal(seed, "rand", count => new NumpyRandom(seed).Rand(count));
    }

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void Whole_numbers_equal_numpys(uint seed)
    {
        Equal(seed, "randint100", count => new NumpyRandom(seed).RandInt(0, 100, count));
        Equal(seed, "randint1e10", count => new NumpyRandom(seed).RandInt(0, 10_000_000_000, count));

        // What the calls of the JSON say in words: bounds, sizes and parts of one stream.
        NumpyRandom random = new(seed);
        long[] bounds = [1, 2, 3, 7, 10, 50, 255, 256, 257, 65536, 1000003, int.MaxValue];
        Equal(seed, "randint_scalar", bounds.Select(bound => random.RandInt(bound)).ToArray());
    }

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void Orders_and_choices_equal_numpys(uint seed)
    {
        Equal(seed, "choice", new NumpyRandom(seed).Choice(50, 20));
        Equal(seed, "permutation", new NumpyRandom(seed).Permutation(31));

        long[] items = [.. Enumerable.Range(0, 100).Select(i => (long)i)];
        new NumpyRandom(seed).Shuffle(items.AsSpan());
        Equal(seed, "shuffle", items);
    }

    [GoldenTheory]
    [MemberData(nameof(Seeds))]
    public void Different_draws_share_one_stream(uint seed)
    {
        NumpyRandom random = new(seed);
        double[] mixed =
        [
            .. random.Rand(3), .. random.RandN(3), .. random.RandInt(0, 1000, 3).Select(value => (double)value), .. random.Rand(
                1),
        ];
        Equal(seed, "mixed", mixed);
    }

    [Fact]
    public void Seeding_again_starts_over_and_drops_the_kept_gaussian()
    {
        NumpyRandom random = new(3);
        random.RandN();
        random.Seed(5);
        Assert.Equal(new NumpyRandom(5).RandN(9), random.RandN(9));
    }

    [Fact]
    public void The_whole_range_of_long_can_be_drawn()
    {
        NumpyRandom random = new(0);
        long[] values = [.. Enumerable.Range(0, 100).Select(_ => random.RandInt(long.MinValue, long.MaxValue))];
        Assert.Contains(values, value => value < 0);
        Assert.Contains(values, value => value > 0);
    }

    [Fact]
    public void Impossible_requests_are_refused()
    {
        NumpyRandom random = new(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandInt(5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.RandN(-1));
    }

    private static void Equal<T>(uint seed, string key, T[] actual)
        where T : unmanaged => Equal(seed, key, _ => actual);

    // As many as the file holds; a seed need not have every kind of draw.
    private static void Equal<T>(uint seed, string key, Func<int, T[]> draw)
        where T : unmanaged
    {
        if (GoldenFolder.Arrays(File).TryGetValue($"seed{seed}/{key}", out NumpyArray? expected))
        {
            T[] values = expected.AsSpan<T>().ToArray();
            Assert.Equal(values, draw(values.Length));
        }
    }
}
