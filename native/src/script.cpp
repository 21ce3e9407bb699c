// TorchScript modules: what is in the file is executed by libtorch's interpreter.
#include "common.h"

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

#include <istream>
#include <streambuf>

using sg::guard;

namespace {

torch::jit::Module &unwrap_module(sg_module *handle) {
    if (handle == nullptr) {
        throw std::invalid_argument("a module handle is null");
    }
    return *reinterpret_cast<torch::jit::Module *>(handle);
}

// Bytes in memory as a stream that can be sought, without a copy of them.
class Bytes : public std::streambuf {
  public:
    Bytes(const void *data, int64_t length) {
        char *begin = const_cast<char *>(static_cast<const char *>(data)); // Only the get area: nothing is ever written.
        setg(begin, begin, begin + length);
    }

  protected:
    pos_type seekoff(off_type offset, std::ios_base::seekdir direction, std::ios_base::openmode) override {
        const off_type base = direction == std::ios_base::beg ? 0 : direction == std::ios_base::cur ? gptr() - eback() : egptr() - eback();
        const off_type target = base + offset;
        if (target < 0 || target > egptr() - eback()) {
            return pos_type(off_type(-1));
        }
        setg(eback(), eback() + target, egptr());
        return pos_type(target);
    }

    pos_type seekpos(pos_type position, std::ios_base::openmode mode) override {
        return seekoff(off_type(position), std::ios_base::beg, mode);
    }
};

} // namespace

extern "C" {

int32_t sg_module_load(const void *data, int64_t length, sg_module **out) {
    return guard([&] {
        Bytes bytes(data, length);
        std::istream stream(&bytes);
        // Onto the CPU wherever the file's author had it: that device may not exist here.
        auto module = std::make_unique<torch::jit::Module>(torch::jit::load(stream, c10::Device(c10::kCPU)));
        module->eval();
        *out = reinterpret_cast<sg_module *>(module.release());
    });
}

void sg_module_free(sg_module *module) { delete reinterpret_cast<torch::jit::Module *>(module); }

int32_t sg_module_to(sg_module *module, int32_t device_type, int32_t device_index) {
    return guard([&] {
        unwrap_module(module).to(
            c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
    });
}

int32_t sg_module_call(sg_module *module, sg_tensor *input, const char *const *names, const uint8_t *values, int64_t count,
                       sg_tensor **out) {
    return guard([&] {
        torch::jit::Module &called = unwrap_module(module);
        torch::jit::Kwargs keywords;
        for (int64_t i = 0; i < count; ++i) {
            keywords.emplace(names[i], c10::IValue(values[i] != 0));
        }
        // Optimisation profiles the first calls and compiles for the shapes it saw: calls would not be alike, and the batch of
        // another size at the end would compile again.
        const torch::jit::GraphOptimizerEnabledGuard plain(false);
        const c10::IValue result = called.forward({sg::unwrap(input)}, keywords);
        if (!result.isTensor() || !result.toTensor().defined()) {
            throw std::invalid_argument("the module returned " + result.tagKind() + " where a tensor was expected");
        }
        *out = sg::wrap(result.toTensor());
    });
}

} // extern "C"
