#include "common.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/core/Generator.h>

#include <mutex>

using sg::guard;

namespace {

at::Generator &unwrap_generator(sg_generator *generator) { return *reinterpret_cast<at::Generator *>(generator); }

} // namespace

extern "C" {

int32_t sg_generator_create(int32_t device_type, int32_t device_index, uint64_t seed, sg_generator **out) {
    return guard([&] {
        const auto type = static_cast<c10::DeviceType>(device_type);
        at::Generator generator;
        if (type == c10::DeviceType::CPU) {
            generator = at::detail::createCPUGenerator(seed);
        } else {
            // A copy, so that libtorch's own default generator of the device stays as it is.
            const c10::Device device(type, static_cast<c10::DeviceIndex>(device_index));
            generator = at::globalContext().defaultGenerator(device).clone();
            generator.set_current_seed(seed);
        }
        *out = reinterpret_cast<sg_generator *>(new at::Generator(std::move(generator)));
    });
}

void sg_generator_free(sg_generator *generator) { delete reinterpret_cast<at::Generator *>(generator); }

int32_t sg_generator_get_state(sg_generator *generator, sg_tensor **out) {
    return guard([&] {
        at::Generator &g = unwrap_generator(generator);
        const std::lock_guard<std::mutex> lock(g.mutex()); // An operator may be drawing on another thread.
        *out = sg::wrap(g.get_state());
    });
}

int32_t sg_generator_set_state(sg_generator *generator, sg_tensor *state) {
    return guard([&] {
        at::Generator &g = unwrap_generator(generator);
        const std::lock_guard<std::mutex> lock(g.mutex());
        g.set_state(sg::unwrap(state));
    });
}

} // extern "C"
