// For a libtorch without CUDA, or without the headers of the CUDA runtime.
#include "common.h"

using sg::guard;

namespace {

int32_t missing() {
    return guard([] { throw std::runtime_error("the shim was built without CUDA streams and graphs"); });
}

} // namespace

extern "C" {

int32_t sg_cuda_available(int32_t *out) {
    return guard([&] { *out = 0; });
}

int32_t sg_cuda_stream(int32_t, void **) { return missing(); }
int32_t sg_cuda_graph_begin(int32_t, sg_cuda_graph **) { return missing(); }
int32_t sg_cuda_graph_end(sg_cuda_graph *) { return missing(); }
int32_t sg_cuda_graph_replay(sg_cuda_graph *) { return missing(); }
void sg_cuda_graph_free(sg_cuda_graph *) {}

} // extern "C"
