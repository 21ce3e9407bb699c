// What every kernel source begins with: element types and index arithmetic. No header is included: the run-time compiler has none.
//
// ELEMENT chooses the type in memory; arithmetic is always in float.
//   0: float   1: IEEE half precision   2: bfloat16

#if ELEMENT == 0

typedef float Element;

__device__ inline float to_float(Element value) { return value; }
__device__ inline Element to_element(float value) { return value; }

#else

// A type of its own, so that bits are never taken for a number.
struct Element {
    unsigned short bits;
};

#if ELEMENT == 1

#if defined(__CUDA_ARCH__)

__device__ inline float to_float(Element value) {
    float result;
    asm("cvt.f32.f16 %0, %1;" : "=f"(result) : "h"(value.bits));
    return result;
}

__device__ inline Element to_element(float value) {
    Element result;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(result.bits) : "f"(value));
    return result;
}

#else // The processor has no such instruction everywhere; whoever compiles this for it brings both.

float half_to_float(unsigned short bits);
unsigned short float_to_half(float value);

inline float to_float(Element value) { return half_to_float(value.bits); }

inline Element to_element(float value) {
    Element result;
    result.bits = float_to_half(value);
    return result;
}

#endif

#else

union FloatBits {
    float value;
    unsigned int bits;
};

// The upper half of a float.
__device__ inline float to_float(Element value) {
    FloatBits whole;
    whole.bits = (unsigned int)value.bits << 16;
    return whole.value;
}

// Rounded to the nearest, ties to even; what is not a number stays so.
__device__ inline Element to_element(float value) {
    FloatBits whole;
    whole.value = value;
    const bool is_nan = (whole.bits & 0x7fffffffu) > 0x7f800000u;
    Element result;
    result.bits = (unsigned short)(is_nan ? 0x7fc0u : (whole.bits + 0x7fffu + ((whole.bits >> 16) & 1u)) >> 16);
    return result;
}

#endif
#endif

// Shared memory of the size that the launch names. Where this is compiled for the processor, another definition comes first.
#if !defined(SHARED_FLOATS)
#define SHARED_FLOATS(name) extern __shared__ float name[]
#endif

// Elements between neighbours along each dimension of [N, C, H, W].
struct ImageStrides {
    long long n, c, h, w;
};

// Quotient rounded down, for a positive divisor.
__device__ inline int floor_divide(int a, int b) {
    const int quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

// Quotient rounded up, for a positive divisor.
__device__ inline int ceil_divide(int a, int b) { return -floor_divide(-a, b); }

__device__ inline float magnitude(float value) { return value < 0 ? -value : value; }

// Limits the magnitude; a negative limit is none. What is not a number passes.
__device__ inline float limit_magnitude(float value, float limit) {
    return limit < 0 ? value : value > limit ? limit : value < -limit ? -limit : value;
}

// The first element of a grid-stride loop, and the distance to the next.
__device__ inline long long first_element() { return (long long)blockIdx.x * blockDim.x + threadIdx.x; }
__device__ inline long long element_step() { return (long long)gridDim.x * blockDim.x; }
