// Zeros inserted, padded, filtered, decimated: one output element per turn, whatever the strides. Zeros are skipped, not multiplied.

struct UpFirDn2dArguments {
    const Element *x;
    const float *filter; // [taps_y, taps_x]
    Element *target;
    ImageStrides x_strides;
    ImageStrides target_strides;
    long long count; // Of the result.
    int channels, height, width;
    int target_height, target_width;
    int taps_x, taps_y;
    int up_x, up_y;
    int down_x, down_y;
    int pad_x, pad_y;  // Before the image; negative ones crop.
    int reverse;       // A true convolution: taps from the last to the first.
    int channels_last; // Order in which the result is walked through, as it lies in memory.
    float gain;
};

struct ImagePosition {
    long long n;
    int c, y, x;
};

__device__ inline ImagePosition position_of(const UpFirDn2dArguments &a, long long i) {
    ImagePosition p;
    if (a.channels_last) {
        p.c = (int)(i % a.channels);
        i /= a.channels;
    }
    p.x = (int)(i % a.target_width);
    i /= a.target_width;
    p.y = (int)(i % a.target_height);
    i /= a.target_height;
    if (!a.channels_last) {
        p.c = (int)(i % a.channels);
        i /= a.channels;
    }
    p.n = i;
    return p;
}

// The first tap that meets a sample of the image instead of an inserted zero, for a filter that begins at `start`.
__device__ inline int first_tap(int start, int up) { return ceil_divide(start, up) * up - start; }

__device__ inline float filtered_at(const UpFirDn2dArguments &a, const ImagePosition &p) {
    const Element *plane = a.x + p.n * a.x_strides.n + p.c * a.x_strides.c;
    const int start_x = p.x * a.down_x - a.pad_x, start_y = p.y * a.down_y - a.pad_y;
    float sum = 0;
    for (int ky = first_tap(start_y, a.up_y); ky < a.taps_y; ky += a.up_y) {
        const int y = (start_y + ky) / a.up_y; // Without a remainder.
        if (y < 0 || y >= a.height) {
            continue;
        }
        const Element *row = plane + y * a.x_strides.h;
        const float *taps = a.filter + (a.reverse ? a.taps_y - 1 - ky : ky) * a.taps_x;
        for (int kx = first_tap(start_x, a.up_x); kx < a.taps_x; kx += a.up_x) {
            const int x = (start_x + kx) / a.up_x;
            if (x >= 0 && x < a.width) {
                sum += taps[a.reverse ? a.taps_x - 1 - kx : kx] * to_float(row[x * a.x_strides.w]);
            }
        }
    }
    return sum * a.gain;
}

extern "C" __global__ void upfirdn2d(UpFirDn2dArguments a) {
    for (long long i = first_element(); i < a.count; i += element_step()) {
        const ImagePosition p = position_of(a, i);
        const ImageStrides &s = a.target_strides;
        a.target[p.n * s.n + p.c * s.c + p.y * s.h + p.x * s.w] = to_element(filtered_at(a, p));
    }
}
