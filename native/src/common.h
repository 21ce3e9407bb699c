// What every file of the shim needs: handles and the guard.
#pragma once

#include "stylegan_torch.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

namespace sg {

void set_error(const char *text) noexcept;
int32_t fail(const c10::Error &error) noexcept;

// An opaque handle is a pointer to a heap-allocated reference.
inline at::Tensor &unwrap(sg_tensor *handle) {
    if (handle == nullptr) {
        throw std::invalid_argument("a tensor handle is null");
    }
    return *reinterpret_cast<at::Tensor *>(handle);
}

inline at::Tensor unwrap_or_undefined(sg_tensor *handle) {
    return handle == nullptr ? at::Tensor() : *reinterpret_cast<at::Tensor *>(handle);
}

// An undefined tensor becomes NULL, once and here.
inline sg_tensor *wrap(at::Tensor tensor) {
    return tensor.defined() ? reinterpret_cast<sg_tensor *>(new at::Tensor(std::move(tensor))) : nullptr;
}

inline char *copy_text(const std::string &text) {
    char *copy = static_cast<char *>(::operator new(text.size() + 1));
    std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

// Runs the body of an export. No C++ exception ever crosses the C boundary.
template <typename Body> int32_t guard(Body &&body) noexcept {
    set_error(nullptr);
    try {
        body();
        return SG_OK;
    } catch (const std::bad_alloc &) {
        set_error("out of memory");
        return SG_OUT_OF_MEMORY;
    } catch (const c10::Error &error) {
        return fail(error);
    } catch (const std::exception &error) {
        set_error(error.what());
        return SG_ERROR;
    } catch (...) {
        set_error("an unknown native exception");
        return SG_ERROR;
    }
}

} // namespace sg
