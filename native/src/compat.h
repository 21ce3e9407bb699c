// Differences between libtorch 1.13 and 2.x live in this header and nowhere else.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

#include <utility>

#if !defined(TORCH_VERSION_MAJOR)
#error "this libtorch does not say its version: 1.13 or newer is needed"
#endif

namespace sg {

// c10::optional became std::optional in the midst of 2.x, and its name went away later: libtorch's own interface is asked which
// it is.
template <template <typename> class Optional, typename T> Optional<at::Tensor> same_optional(const Optional<T> &);
using OptionalTensor = decltype(same_optional(std::declval<const c10::Argument &>().default_value()));

} // namespace sg
