#include "common.h"

#include <torch/version.h>

#define SG_ABI_VERSION 6

namespace sg {
namespace {

struct Slot {
    std::string text;
    std::shared_ptr<Failure> failure;
};

Slot &slot() {
    static thread_local Slot slot;
    return slot;
}

// The CPU allocator reports exhaustion as a plain error; only its text tells.
bool means_out_of_memory(const char *text) {
    return std::strstr(text, "can't allocate memory") != nullptr || std::strstr(text, "not enough memory") != nullptr ||
           std::strstr(text, "out of memory") != nullptr;
}

} // namespace

HostError::HostError(int32_t status)
    : std::runtime_error(slot().text), status(status), failure(std::exchange(slot().failure, nullptr)) {}

void set_error(const char *text, std::shared_ptr<Failure> failure) noexcept {
    slot().failure = std::move(failure);
    try {
        slot().text = text == nullptr ? "" : text;
    } catch (...) {
        slot().text.clear(); // Not even the message fits into memory: the status alone must do.
    }
}

int32_t fail(const c10::Error &error) noexcept {
    const char *text = error.what_without_backtrace();
    set_error(text);
    return means_out_of_memory(text) ? SG_OUT_OF_MEMORY : SG_TORCH_ERROR;
}

} // namespace sg

extern "C" {

int32_t sg_abi_version(void) { return SG_ABI_VERSION; }

const char *sg_torch_version(void) { return TORCH_VERSION; }

const char *sg_last_error(void) { return sg::slot().text.c_str(); }

void sg_set_failure(const char *text, void *state, sg_release_callback release) {
    try {
        auto failure = std::make_unique<sg::Failure>(state, release);
        sg::set_error(text, std::move(failure));
    } catch (...) { // Only memory can be missing: the text goes alone, the state was released on the way.
        sg::set_error(text);
    }
}

void *sg_take_failure(void) {
    const auto failure = std::exchange(sg::slot().failure, nullptr);
    return failure ? failure->take() : nullptr;
}

} // extern "C"
