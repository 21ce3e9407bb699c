#include "common.h"

#include <torch/version.h>

#define SG_ABI_VERSION 1

namespace sg {
namespace {

std::string &slot() {
    static thread_local std::string text;
    return text;
}

// The CPU allocator reports exhaustion as a plain error; only its text tells.
bool means_out_of_memory(const char *text) {
    return std::strstr(text, "can't allocate memory") != nullptr || std::strstr(text, "not enough memory") != nullptr ||
           std::strstr(text, "out of memory") != nullptr;
}

} // namespace

void set_error(const char *text) noexcept {
    try {
        slot() = text == nullptr ? "" : text;
    } catch (...) {
        slot().clear(); // Not even the message fits into memory: the status alone must do.
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

const char *sg_last_error(void) { return sg::slot().c_str(); }

void sg_set_error(const char *text) { sg::set_error(text); }

} // extern "C"
