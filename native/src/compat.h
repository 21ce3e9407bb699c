// Differences between libtorch 1.13 and 2.x live in this header and nowhere else.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

#include <optional>

#if !defined(TORCH_VERSION_MAJOR)
#error "this libtorch does not say its version: 1.13 or newer is needed"
#endif

namespace sg {

// 2.x moved from c10::optional to std::optional (and finally dropped the alias).
#if TORCH_VERSION_MAJOR >= 2
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

} // namespace sg
