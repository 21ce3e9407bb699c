// Runs CUDA kernels on the processor, for tests: the threads of a block are contexts that take turns, each until the next barrier. Only what the
// kernels use is there.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include <ucontext.h>

#define __device__
#define __global__
#define SHARED_FLOATS(name) float *name = emulation::shared_memory()
#define __syncthreads() emulation::wait_at_barrier()

struct Dimensions {
    unsigned x, y, z;
};

static thread_local Dimensions blockIdx, threadIdx, blockDim, gridDim;

namespace emulation {

enum Status { OK = 0, THREADS_MISSED_A_BARRIER = 1, SHARED_MEMORY_OVERRUN = 2 };

constexpr size_t stack_size = 64 << 10;
constexpr float guard = 1.2345e30f;
constexpr size_t guard_floats = 64;

struct Thread {
    ucontext_t context;
    std::vector<char> stack;
    bool ended;
};

struct Block {
    std::vector<Thread> threads;
    std::vector<float> shared;
    ucontext_t scheduler;
    size_t current;
    std::function<void()> kernel;
};

static thread_local Block *block = nullptr;

inline float *shared_memory() { return block->shared.data(); }

inline void wait_at_barrier() { swapcontext(&block->threads[block->current].context, &block->scheduler); }

inline void run_thread() {
    block->kernel();
    block->threads[block->current].ended = true;
    swapcontext(&block->threads[block->current].context, &block->scheduler);
}

// Every thread goes on to its next barrier, or to its end. In either order: what only works in one of them lacks a barrier.
inline Status advance(bool reverse, bool &ended) {
    size_t ends = 0;
    const size_t count = block->threads.size();
    for (size_t i = 0; i < count; ++i) {
        block->current = reverse ? count - 1 - i : i;
        threadIdx.x = static_cast<unsigned>(block->current);
        swapcontext(&block->scheduler, &block->threads[block->current].context);
        ends += block->threads[block->current].ended;
    }
    ended = ends == count;
    return ends == 0 || ended ? OK : THREADS_MISSED_A_BARRIER;
}

inline void begin(Thread &thread) {
    thread.ended = false;
    getcontext(&thread.context);
    thread.context.uc_stack.ss_sp = thread.stack.data();
    thread.context.uc_stack.ss_size = thread.stack.size();
    thread.context.uc_link = nullptr;
    makecontext(&thread.context, run_thread, 0);
}

inline Status run_block(size_t shared_floats, bool reverse) {
    // Nothing may be read before it was written, nor beside its place.
    std::fill(block->shared.begin(), block->shared.begin() + shared_floats, std::numeric_limits<float>::quiet_NaN());
    std::fill(block->shared.begin() + shared_floats, block->shared.end(), guard);
    for (Thread &thread : block->threads) {
        begin(thread);
    }
    for (bool ended = false; !ended;) {
        const Status status = advance(reverse, ended);
        if (status != OK) {
            return status;
        }
    }
    for (size_t i = shared_floats; i < block->shared.size(); ++i) {
        if (block->shared[i] != guard) {
            return SHARED_MEMORY_OVERRUN;
        }
    }
    return OK;
}

inline Status run(unsigned blocks, unsigned threads, unsigned shared_bytes, std::function<void()> kernel) {
    Block state;
    const size_t shared_floats = shared_bytes / sizeof(float);
    state.threads.resize(threads);
    for (Thread &thread : state.threads) {
        thread.stack.resize(stack_size);
    }
    state.shared.resize(shared_floats + guard_floats);
    state.kernel = std::move(kernel);
    block = &state;
    gridDim = {blocks, 1, 1};
    blockDim = {threads, 1, 1};
    threadIdx = {0, 0, 0};

    // Blocks run in any order: what only works in one depends on a neighbour.
    std::vector<unsigned> order(blocks);
    std::iota(order.begin(), order.end(), 0u);
    std::shuffle(order.begin(), order.end(), std::mt19937(blocks));
    for (const unsigned i : order) {
        blockIdx = {i, 0, 0};
        const Status status = run_block(shared_floats, i % 2 == 1);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

} // namespace emulation

// IEEE half precision, rounded to the nearest, ties to even.
inline float half_to_float(unsigned short bits) {
    const int exponent = bits >> 10 & 31, fraction = bits & 1023;
    const float size = exponent == 31 ? (fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN())
                       : exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                                       : std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
    return bits >> 15 ? -size : size;
}

inline unsigned short float_to_half(float value) {
    const unsigned short sign = std::signbit(value) ? 0x8000 : 0;
    const float size = std::fabs(value);
    if (std::isnan(value)) {
        return 0x7e00;
    }
    if (size >= 65520.0f) {
        return sign | 0x7c00;
    }
    int exponent;
    std::frexp(size, &exponent); // size = m * 2^exponent with m in [1/2, 1)
    const int unit = std::max(exponent - 11, -24); // exponent of the last place
    const int places = static_cast<int>(std::nearbyint(std::ldexp(size, -unit)));
    return sign | static_cast<unsigned short>(places + (size == 0 ? 0 : (unit + 24) << 10));
}

// What tests call: a kernel, and the size of its parameter.
#define EMULATE(kernel, Parameter)                                                                                                                   \
    extern "C" int emulate_##kernel(unsigned blocks, unsigned threads, unsigned shared_bytes, const void *parameter) {                               \
        Parameter copy;                                                                                                                              \
        std::memcpy(&copy, parameter, sizeof copy);                                                                                                  \
        return emulation::run(blocks, threads, shared_bytes, [&] { kernel(copy); });                                                                 \
    }                                                                                                                                                \
    extern "C" int size_of_##kernel() { return static_cast<int>(sizeof(Parameter)); }
