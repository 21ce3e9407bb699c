namespace StyleGanSharp.Networks.Latents;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, "Mersenne Twister", 1998) with the 2002 initialisation from one 32-bit number.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] state = new uint[Size];
    private int position;

    public MersenneTwister(uint seed)
    {
        Seed(seed);
    }

    public void Seed(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Size; i++)
        {
            uint previous = state[i - 1];
            state[i] = unchecked((1812433253u * (previous ^ (previous >> 30))) + i);
        }

        position = Size;
    }

    public uint Next()
    {
        if (position == Size)
        {
            Twist();
        }

        uint y = state[position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
            state[i] = state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
        }

        position = 0;
    }
}
