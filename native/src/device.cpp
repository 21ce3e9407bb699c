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

int32_t sg_configuration(char **out) {
    return guard([&] { *out = sg::copy_text(at::show_config()); });
}

} // extern "C"
