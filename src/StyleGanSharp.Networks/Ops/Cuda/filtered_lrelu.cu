// Upsample, leaky ReLU with gain and clamp, downsample: a block computes one tile of the result, and what it needs of the
// oversampled image lies in shared memory alone. Between the two filters stands either the activation, which may leave a mask of the piece
// that every oversampled sample lies on (2 bits each), or such a mask: the operator is y = D(M * U(x)), its transpose U'(M * D'(y)).

struct ResampleStep {
    const float *filter; // [taps], or [taps, taps] where not separable; one tap: [1]
    int factor;
    int taps_x, taps_y;
    int separable;
    int reverse;          // A true convolution: taps from the last to the first.
    int offset_x, offset_y; // Upsampling: padding before the image. Downsampling: where the first window begins.
};

struct FilteredLreluArguments {
    const Element *x;
    const float *factor; // [N, C], of the image; null: none.
    const Element *bias; // [C], added after it; null: none.
    Element *target;
    unsigned char *mask; // [N * C, high_height, mask_pitch]; null where `mask_use` is 0.
    ResampleStep up, down;
    ImageStrides x_strides, target_strides;
    long long mask_pitch; // Bytes per row: four samples each.
    int channels, height, width;
    int high_height, high_width; // Of the oversampled image.
    int target_height, target_width;
    int tile_height, tile_width; // Of the result; the width is a multiple of four.
    int mask_use;
    float scale; // Of every oversampled sample, before the activation.
    float gain, slope;
    float limit; // Negative: none.
};

enum { NO_MASK, WRITE_MASK, APPLY_MASK };

// The three pieces of the activation, as the mask has them.
enum { POSITIVE, NEGATIVE, CLAMPED };

// Where one axis of a block's tile lies.
struct TileAxis {
    int target;    // First result
    int high;      // First oversampled sample, and how many.
    int high_size;
    int source;    // First sample of the image, and how many.
    int source_size;
};

// FilteredLreluTiles computes the same sizes where it sizes the shared memory.
__device__ inline TileAxis tile_axis(int tile, int tile_size, int up, int up_taps, int pad, int down, int down_taps, int offset) {
    TileAxis axis;
    axis.target = tile * tile_size;
    axis.high = axis.target * down + offset;
    axis.high_size = (tile_size - 1) * down + down_taps;
    axis.source = ceil_divide(axis.high - pad, up);
    axis.source_size = (axis.high_size + up_taps - 1 + up - 1) / up;
    return axis;
}

__device__ inline int filter_size(const ResampleStep &s) { return s.separable ? s.taps_x : s.taps_x * s.taps_y; }

__device__ inline void load_filter(const ResampleStep &s, float *taps) {
    const int count = filter_size(s);
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
        taps[i] = s.filter[s.reverse ? count - 1 - i : i]; // Both axes reversed are all taps reversed.
    }
}

__device__ inline void load_source(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, long long plane, float *source) {
    const long long n = plane / a.channels, c = plane % a.channels;
    const Element *image = a.x + n * a.x_strides.n + c * a.x_strides.c;
    const float factor = a.factor == 0 ? 1 : a.factor[plane], bias = a.bias == 0 ? 0 : to_float(a.bias[c]);
    for (int i = threadIdx.x; i < ax.source_size * ay.source_size; i += blockDim.x) {
        const int y = ay.source + i / ax.source_size, x = ax.source + i % ax.source_size;
        const bool is_inside = x >= 0 && x < a.width && y >= 0 && y < a.height;
        source[i] = is_inside ? to_float(image[y * a.x_strides.h + x * a.x_strides.w]) * factor + bias : 0;
    }
}

// The first tap that meets a sample of the image, for the oversampled sample `high`, and that sample's place in the tile.
struct Phase {
    int tap, sample;
};

__device__ inline Phase phase_of(int high, int pad, int up, int first_source) {
    const int sample = ceil_divide(high - pad, up);
    Phase phase;
    phase.tap = sample * up - (high - pad);
    phase.sample = sample - first_source;
    return phase;
}

__device__ inline void upsample_rows(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, const float *taps, const float *source,
                                     float *wide) {
    for (int i = threadIdx.x; i < ay.source_size * ax.high_size; i += blockDim.x) {
        const int y = i / ax.high_size, x = i % ax.high_size;
        const Phase p = phase_of(ax.high + x, a.up.offset_x, a.up.factor, ax.source);
        const float *row = source + y * ax.source_size + p.sample;
        float sum = 0;
        for (int k = p.tap; k < a.up.taps_x; k += a.up.factor) {
            sum += taps[k] * *row++;
        }
        wide[i] = sum;
    }
}

__device__ inline float upsampled_column(const FilteredLreluArguments &a, const TileAxis &ax, const Phase &py, int x, const float *taps,
                                         const float *wide) {
    const float *column = wide + py.sample * ax.high_size + x;
    float sum = 0;
    for (int k = py.tap; k < a.up.taps_y; k += a.up.factor, column += ax.high_size) {
        sum += taps[k] * *column;
    }
    return sum;
}

__device__ inline float upsampled_window(const FilteredLreluArguments &a, const TileAxis &ax, const Phase &px, const Phase &py, const float *taps,
                                         const float *source) {
    const float *row = source + py.sample * ax.source_size + px.sample;
    float sum = 0;
    for (int ky = py.tap; ky < a.up.taps_y; ky += a.up.factor, row += ax.source_size) {
        const float *sample = row;
        for (int kx = px.tap; kx < a.up.taps_x; kx += a.up.factor) {
            sum += taps[ky * a.up.taps_x + kx] * *sample++;
        }
    }
    return sum;
}

__device__ inline int piece_of(const FilteredLreluArguments &a, float high) {
    const float value = a.gain * (high > 0 ? high : high * a.slope);
    return a.limit >= 0 && magnitude(value) > a.limit ? CLAMPED : high > 0 ? POSITIVE : NEGATIVE;
}

__device__ inline float activate(const FilteredLreluArguments &a, float high) {
    return limit_magnitude(a.gain * (high > 0 ? high : high * a.slope), a.limit);
}

__device__ inline float masked(const FilteredLreluArguments &a, float high, int piece) {
    return piece == POSITIVE ? high * a.gain : piece == NEGATIVE ? high * a.gain * a.slope : 0;
}

// Fills the tile of the oversampled image. Outside of that image there is nothing.
__device__ inline void upsample_tile(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, const unsigned char *mask,
                                     const float *taps, const float *source, const float *wide, float *high) {
    for (int i = threadIdx.x; i < ay.high_size * ax.high_size; i += blockDim.x) {
        const int ty = i / ax.high_size, tx = i % ax.high_size, y = ay.high + ty, x = ax.high + tx;
        float value = 0;
        if (x >= 0 && x < a.high_width && y >= 0 && y < a.high_height) {
            const Phase py = phase_of(y, a.up.offset_y, a.up.factor, ay.source);
            value = a.scale * (a.up.separable
                                   ? upsampled_column(a, ax, py, tx, taps, wide)
                                   : upsampled_window(a, ax, phase_of(x, a.up.offset_x, a.up.factor, ax.source), py, taps, source));
            if (a.mask_use == NO_MASK) {
                value = activate(a, value);
            } else if (a.mask_use == APPLY_MASK) {
                value = masked(a, value, mask[y * a.mask_pitch + (x >> 2)] >> ((x & 3) * 2) & 3);
            }
        }
        high[i] = value;
    }
}

// The activation, four samples of a row at a time: one byte of the mask. Tiles overlap; a byte is written by the tile whose own part it
// lies in, the last tile of an axis owning everything up to the end.
__device__ inline void activate_and_mask(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, int last_x, int last_y,
                                         unsigned char *mask, float *high) {
    const int groups = (ax.high_size + 3) / 4;
    for (int i = threadIdx.x; i < ay.high_size * groups; i += blockDim.x) {
        const int ty = i / groups, first = i % groups * 4, y = ay.high + ty;
        int pieces = 0;
        for (int tx = first; tx < first + 4 && tx < ax.high_size; ++tx) {
            const float value = high[ty * ax.high_size + tx];
            pieces |= piece_of(a, value) << ((tx & 3) * 2);
            high[ty * ax.high_size + tx] = activate(a, value);
        }
        const bool is_own = (last_x || first < a.tile_width * a.down.factor) && (last_y || ty < a.tile_height * a.down.factor);
        if (is_own && y < a.high_height && ax.high + first < a.high_width) {
            mask[y * a.mask_pitch + ((ax.high + first) >> 2)] = (unsigned char)pieces;
        }
    }
}

__device__ inline void downsample_rows(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, const float *taps, const float *high,
                                       float *narrow) {
    for (int i = threadIdx.x; i < ay.high_size * a.tile_width; i += blockDim.x) {
        const float *row = high + i / a.tile_width * ax.high_size + i % a.tile_width * a.down.factor;
        float sum = 0;
        for (int k = 0; k < a.down.taps_x; ++k) {
            sum += taps[k] * row[k];
        }
        narrow[i] = sum;
    }
}

__device__ inline float downsampled(const FilteredLreluArguments &a, const TileAxis &ax, int tx, int ty, const float *taps, const float *high,
                                    const float *narrow) {
    float sum = 0;
    for (int ky = 0; ky < a.down.taps_y; ++ky) {
        const int row = ty * a.down.factor + ky;
        if (a.down.separable) {
            sum += taps[ky] * narrow[row * a.tile_width + tx];
            continue;
        }
        for (int kx = 0; kx < a.down.taps_x; ++kx) {
            sum += taps[ky * a.down.taps_x + kx] * high[row * ax.high_size + tx * a.down.factor + kx];
        }
    }
    return sum;
}

__device__ inline void store_tile(const FilteredLreluArguments &a, const TileAxis &ax, const TileAxis &ay, long long plane, const float *taps,
                                  const float *high, const float *narrow) {
    const long long n = plane / a.channels, c = plane % a.channels;
    Element *image = a.target + n * a.target_strides.n + c * a.target_strides.c;
    for (int i = threadIdx.x; i < a.tile_height * a.tile_width; i += blockDim.x) {
        const int ty = i / a.tile_width, tx = i % a.tile_width, y = ay.target + ty, x = ax.target + tx;
        if (y < a.target_height && x < a.target_width) {
            image[y * a.target_strides.h + x * a.target_strides.w] = to_element(downsampled(a, ax, tx, ty, taps, high, narrow));
        }
    }
}

extern "C" __global__ void filtered_lrelu(FilteredLreluArguments a) {
    SHARED_FLOATS(shared);
    const int tiles_x = (a.target_width + a.tile_width - 1) / a.tile_width, tiles_y = (a.target_height + a.tile_height - 1) / a.tile_height;
    const int tile_x = (int)(blockIdx.x % tiles_x), tile_y = (int)(blockIdx.x / tiles_x % tiles_y);
    const long long plane = blockIdx.x / tiles_x / tiles_y;
    const TileAxis ax = tile_axis(tile_x, a.tile_width, a.up.factor, a.up.taps_x, a.up.offset_x, a.down.factor, a.down.taps_x, a.down.offset_x);
    const TileAxis ay = tile_axis(tile_y, a.tile_height, a.up.factor, a.up.taps_y, a.up.offset_y, a.down.factor, a.down.taps_y, a.down.offset_y);
    unsigned char *mask = a.mask == 0 ? 0 : a.mask + plane * a.high_height * a.mask_pitch;

    float *up_taps = shared, *down_taps = up_taps + filter_size(a.up), *high = down_taps + filter_size(a.down);
    float *source = high + ax.high_size * ay.high_size, *wide = source + ax.source_size * ay.source_size;
    float *narrow = source; // When it is needed, nothing needs the image and its widened rows any longer.

    load_filter(a.up, up_taps);
    load_filter(a.down, down_taps);
    load_source(a, ax, ay, plane, source);
    __syncthreads();
    if (a.up.separable) {
        upsample_rows(a, ax, ay, up_taps, source, wide);
        __syncthreads();
    }
    upsample_tile(a, ax, ay, mask, up_taps, source, wide, high);
    __syncthreads();
    if (a.mask_use == WRITE_MASK) {
        activate_and_mask(a, ax, ay, tile_x == tiles_x - 1, tile_y == tiles_y - 1, mask, high);
        __syncthreads();
    }
    if (a.down.separable) {
        downsample_rows(a, ax, ay, down_taps, high, narrow);
        __syncthreads();
    }
    store_tile(a, ax, ay, plane, down_taps, high, narrow);
}
