// clamp(gain * leaky_relu(x * factor + noise + bias)): what follows the convolution of a style layer, one element per turn in the
// order of memory. Its gradient is that of bias_act from the result, times the factor.

struct StyleEpilogueArguments {
    const Element *x;
    const Element *factor; // [N, C]; null: none.
    const Element *noise;  // [H, W] or [N, 1, H, W]; null: none.
    const Element *bias;   // [C]
    Element *target;       // May be x itself, where x is not phases.
    ImageStrides phases;   // Of x, where it is the phases of an upsampled image.
    long long count;       // Of the result, like everything that follows.
    long long channels, height, width;
    long long noise_stride; // From one sample's noise to the next; 0: the same for all.
    int channels_last;
    float slope;
    float gain;
    float limit; // Negative: none.
    float corner, edge, centre; // Of the 3x3 low-pass that follows the interleaving of phases.
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
    const float factor = a.factor == 0 ? 1 : to_float(a.factor[p.sample * a.channels + p.channel]);
    const float noise = a.noise == 0 ? 0 : to_float(a.noise[p.sample * a.noise_stride + p.y * a.width + p.x]);
    const float v = value * factor + (noise + to_float(a.bias[p.channel]));
    return limit_magnitude(a.gain * (v > 0 ? v : v * a.slope), a.limit);
}

extern "C" __global__ void style_epilogue(StyleEpilogueArguments a) {
    for (long long i = first_element(); i < a.count; i += element_step()) {
        a.target[i] = to_element(finish(a, style_position(a, i), to_float(a.x[i])));
    }
}

// The image that x holds in four phases, [N, 4 C, H / 2 + 1, W / 2 + 1] with the phases (y, x) outermost among the channels: one row and one column
// larger on either side than the result.
__device__ inline float interleaved(const StyleEpilogueArguments &a, const StylePosition &p, long long y, long long x) {
    const long long phase = (y & 1) * 2 + (x & 1);
    return to_float(a.x[p.sample * a.phases.n + (phase * a.channels + p.channel) * a.phases.c + (y >> 1) * a.phases.h + (x >> 1) * a.phases.w]);
}

__device__ inline float smoothed(const StyleEpilogueArguments &a, const StylePosition &p) {
    float sum = 0;
    for (int dy = 0; dy < 3; ++dy) {
        for (int dx = 0; dx < 3; ++dx) {
            const float tap = dy == 1 && dx == 1 ? a.centre : dy == 1 || dx == 1 ? a.edge : a.corner;
            sum += tap * interleaved(a, p, p.y + dy, p.x + dx);
        }
    }
    return sum;
}

extern "C" __global__ void style_epilogue_of_phases(StyleEpilogueArguments a) {
    for (long long i = first_element(); i < a.count; i += element_step()) {
        const StylePosition p = style_position(a, i);
        a.target[i] = to_element(finish(a, p, smoothed(a, p)));
    }
}
