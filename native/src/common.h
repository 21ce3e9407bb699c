// What every file of the shim needs: handles and the guard.
#pragma once

#include "stylegan_torch.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sg {

// An exception object of the host language; released unless it is taken.
class Failure {
  public:
    Failure(void *state, sg_release_callback release) : state(state), release(release) {}
    ~Failure() {
        if (state != nullptr) {
            release(state);
        }
    }
    Failure(const Failure &) = delete;
    Failure &operator=(const Failure &) = delete;

    void *take() { return std::exchange(state, nullptr); }

  private:
    void *state;
    sg_release_callback release;
};

// The failure of a callback on its way through libtorch, which may carry it to another thread.
class HostError : public std::runtime_error {
  public:
    // Moves what `sg_set_failure` left on this thread.
    explicit HostError(int32_t status);

    int32_t status;
    std::shared_ptr<Failure> failure;
};

void set_error(const char *text, std::shared_ptr<Failure> failure = nullptr) noexcept;
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

// All or nothing: `out` is written when every handle exists.
inline void wrap_all(at::ArrayRef<at::Tensor> tensors, sg_tensor **out) {
    std::vector<std::unique_ptr<at::Tensor>> wrapped;
    wrapped.reserve(tensors.size());
    for (const at::Tensor &tensor : tensors) {
        wrapped.push_back(tensor.defined() ? std::make_unique<at::Tensor>(tensor) : nullptr);
    }
    for (size_t i = 0; i < wrapped.size(); ++i) {
        out[i] = reinterpret_cast<sg_tensor *>(wrapped[i].release());
    }
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
    } catch (const HostError &error) {
        set_error(error.what(), error.failure);
        return error.status;
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
