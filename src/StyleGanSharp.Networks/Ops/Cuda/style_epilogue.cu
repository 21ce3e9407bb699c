// clamp(gain * leaky_relu(x * factor + noise + bias)): what follows the convolution of a style layer, one element per turn in the
// order of memory. Its gradient is that of bias_act from the result, times the factor.

struct StyleEpilogueArguments {
    const Element *x;
    const float *factor; // [N, C]; null: none. The small operands are never rounded.
    const float *noise;  // [H, W] or [N, 1, H, W]; null: none.
    const float *bias;   // [C]
    Element *target;     // May be x itself.
    long long count;
    long long channels, height, width;
    long long noise_stride; // From one sample's noise to the next; 0: the same for all.
    int channels_last;
    float slope;
    float gain;
    float limit; // Negative: none.
};

struct StylePosition {
    long long sample, channel, y, x;
};

__device__ inline StylePosition style_position(const StyleEpilogueArguments &a, long long i) {
    StylePosition p;
    if (a.channels_last) {
        p.channel = i % a.channels;
        i /= a.channels;
    }
    p.x = i % a.width;
    i /= a.width;
    p.y = i % a.height;
    i /= a.height;
    if (!a.channels_last) {
        p.channel = i % a.channels;
        i /= a.channels;
    }
    p.sample = i;
    return p;
}

__device__ inline float finish(const StyleEpilogueArguments &a, const StylePosition &p, float value) {
    const float factor = a.factor == 0 ? 1 : a.factor[p.sample * a.channels + p.channel];
    const float noise = a.noise == 0 ? 0 : a.noise[p.sample * a.noise_stride + p.y * a.width + p.x];
    const float v = value * factor + (noise + a.bias[p.channel]);
    return limit_magnitude(a.gain * (v > 0 ? v : v * a.slope), a.limit);
}

extern "C" __global__ void style_epilogue(StyleEpilogueArguments a) {
    for (long long i = first_element(); i < a.count; i += element_step()) {
        a.target[i] = to_element(finish(a, style_position(a, i), to_float(a.x[i])));
    }
}
