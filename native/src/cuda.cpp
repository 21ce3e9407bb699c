// Streams and graphs of CUDA devices. Nothing of the CUDA runtime is called from here: only libtorch's own libraries are linked.
#include "common.h"

#include <cuda.h> // Says the version that the layout of libtorch's graph depends on (1.13).

#include <ATen/cuda/CUDAGraph.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <c10/cuda/CUDAStream.h>

using sg::guard;

namespace {

// Makes another stream of a device current on this thread, ordered behind the one that was.
class StreamChange {
  public:
    explicit StreamChange(c10::Stream next) : devices(c10::DeviceType::CUDA), previous(devices.getStream(next.device())), next(next) {
        order(previous, next);
        devices.exchangeStream(next);
    }

    // Returns to the former stream, ordered behind this one; once.
    void revert() {
        if (!reverted) {
            reverted = true;
            devices.exchangeStream(previous);
            order(next, previous);
        }
    }

  private:
    static void order(const c10::Stream &first, const c10::Stream &then) {
        c10::Event event(c10::DeviceType::CUDA);
        event.record(first);
        event.block(then);
    }

    c10::impl::VirtualGuardImpl devices;
    c10::Stream previous;
    c10::Stream next;
    bool reverted = false;
};

struct Graph {
    // A capture may not run on the default stream.
    explicit Graph(c10::DeviceIndex index) : change(c10::cuda::getStreamFromPool(false, index).unwrap()) {
        try {
            graph.capture_begin();
        } catch (...) {
            change.revert();
            throw;
        }
        capturing = true;
    }

    void end() {
        if (!capturing) {
            throw std::logic_error("the CUDA graph is not being recorded");
        }
        capturing = false;
        try {
            graph.capture_end();
        } catch (...) {
            change.revert();
            throw;
        }
        change.revert();
    }

    StreamChange change;
    at::cuda::CUDAGraph graph;
    bool capturing = false;
};

Graph &unwrap(sg_cuda_graph *graph) {
    if (graph == nullptr) {
        throw std::invalid_argument("a CUDA graph handle is null");
    }
    return *reinterpret_cast<Graph *>(graph);
}

} // namespace

extern "C" {

int32_t sg_cuda_available(int32_t *out) {
    return guard([&] { *out = 1; });
}

int32_t sg_cuda_stream(int32_t index, void **out) {
    return guard([&] { *out = c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(index)).stream(); });
}

int32_t sg_cuda_graph_begin(int32_t index, sg_cuda_graph **out) {
    return guard([&] { *out = reinterpret_cast<sg_cuda_graph *>(new Graph(static_cast<c10::DeviceIndex>(index))); });
}

int32_t sg_cuda_graph_end(sg_cuda_graph *graph) {
    return guard([&] { unwrap(graph).end(); });
}

int32_t sg_cuda_graph_replay(sg_cuda_graph *graph) {
    return guard([&] { unwrap(graph).graph.replay(); });
}

void sg_cuda_graph_free(sg_cuda_graph *graph) {
    if (graph == nullptr) {
        return;
    }
    guard([&] {
        const std::unique_ptr<Graph> owned(&unwrap(graph));
        if (owned->capturing) {
            owned->end();
        }
    });
}

} // extern "C"
