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

// 2.3 made c10::Allocator::allocate non-const and asked for a way to copy.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
#define SG_ALLOCATE_CONST
#define SG_ALLOCATOR_COPY_DATA                                                                                                     \
    void copy_data(void *target, const void *source, std::size_t count) const override {                                           \
        default_copy_data(target, source, count);                                                                                  \
    }
#else
#define SG_ALLOCATE_CONST const
#define SG_ALLOCATOR_COPY_DATA
#endif

// 2.0 gave the classes that do the work of a process group a base of their own.
#if defined(SG_WITH_STORE)
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#if TORCH_VERSION_MAJOR >= 2
#include <torch/csrc/distributed/c10d/Backend.hpp>
#endif
namespace sg {
#if TORCH_VERSION_MAJOR >= 2
using GroupBackend = c10d::Backend;
#else
using GroupBackend = c10d::ProcessGroup;
#endif
} // namespace sg
#endif
