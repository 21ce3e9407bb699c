#include "common.h"

#include <ATen/Context.h>
#include <ATen/Version.h>
#include <torch/cuda.h>

using sg::guard;

extern "C" {

int32_t sg_cuda_device_count(int32_t *out) {
    return guard([&] { *out = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
}

int32_t sg_cuda_synchronize(int32_t index) {
    return guard([&] { torch::cuda::synchronize(index); });
}

int32_t sg_cuda_settings_set(int32_t tf32, int32_t benchmark, int32_t deterministic) {
    return guard([&] {
        at::Context &context = at::globalContext();
        context.setAllowTF32CuBLAS(tf32 != 0);
        context.setAllowTF32CuDNN(tf32 != 0);
        context.setBenchmarkCuDNN(benchmark != 0);
        context.setDeterministicCuDNN(deterministic != 0);
    });
}

int32_t sg_cuda_settings_get(int32_t *tf32, int32_t *benchmark, int32_t *deterministic) {
    return guard([&] {
        at::Context &context = at::globalContext();
        *tf32 = context.allowTF32CuBLAS() && context.allowTF32CuDNN() ? 1 : 0;
        *benchmark = context.benchmarkCuDNN() ? 1 : 0;
        *deterministic = context.deterministicCuDNN() ? 1 : 0;
    });
}

int32_t sg_configuration(char **out) {
    return guard([&] { *out = sg::copy_text(at::show_config()); });
}

} // extern "C"
