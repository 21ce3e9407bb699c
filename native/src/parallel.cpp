#include "common.h"

#include <ATen/Parallel.h>

using sg::guard;

extern "C" {

int32_t sg_set_num_threads(int32_t count) {
    return guard([&] { at::set_num_threads(count); });
}

int32_t sg_get_num_threads(int32_t *out) {
    return guard([&] { *out = at::get_num_threads(); });
}

int32_t sg_parallel_for(int64_t begin, int64_t end, int64_t grain, sg_range_callback body, void *state) {
    return guard([&] {
        at::parallel_for(begin, end, grain, [&](int64_t first, int64_t last) {
            const int32_t status = body(state, first, last);
            if (status != SG_OK) {
                throw sg::HostError(status);
            }
        });
    });
}

} // extern "C"
