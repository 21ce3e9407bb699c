#include "common.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

using sg::guard;
using sg::unwrap;

namespace {

std::vector<at::Tensor> to_list(sg_tensor **handles, int64_t count) {
    std::vector<at::Tensor> list;
    list.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) {
        list.push_back(sg::unwrap_or_undefined(handles[i]));
    }
    return list;
}

} // namespace

extern "C" {

int32_t sg_grad_enabled(void) { return at::GradMode::is_enabled() ? 1 : 0; }

void sg_set_grad_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

int32_t sg_tensor_requires_grad(sg_tensor *tensor, int32_t *out) {
    return guard([&] { *out = unwrap(tensor).requires_grad() ? 1 : 0; });
}

int32_t sg_tensor_set_requires_grad(sg_tensor *tensor, int32_t value) {
    // Not set_requires_grad: that one silently does nothing to a tensor inside the graph.
    return guard([&] { unwrap(tensor).requires_grad_(value != 0); });
}

int32_t sg_tensor_grad(sg_tensor *tensor, sg_tensor **out) {
    return guard([&] { *out = sg::wrap(unwrap(tensor).grad()); });
}

int32_t sg_tensor_set_grad(sg_tensor *tensor, sg_tensor *grad) {
    return guard([&] {
        const at::Tensor &t = unwrap(tensor);
        const at::Tensor g = sg::unwrap_or_undefined(grad);
        if (g.defined() && (g.sizes() != t.sizes() || g.scalar_type() != t.scalar_type() || g.device() != t.device())) {
            throw std::invalid_argument("a gradient has the shape, type and device of its tensor");
        }
        t.mutable_grad() = g;
    });
}

int32_t sg_grad(sg_tensor **outputs, int64_t output_count, sg_tensor **inputs, int64_t input_count, sg_tensor **grad_outputs,
                int32_t retain_graph, int32_t create_graph, int32_t allow_unused, sg_tensor **results) {
    return guard([&] {
        const auto grads =
            torch::autograd::grad(to_list(outputs, output_count), to_list(inputs, input_count),
                                  grad_outputs == nullptr ? std::vector<at::Tensor>() : to_list(grad_outputs, output_count),
                                  retain_graph != 0, create_graph != 0, allow_unused != 0);
        sg::wrap_all(grads, results);
    });
}

int32_t sg_backward(sg_tensor *tensor, sg_tensor *gradient, int32_t retain_graph, int32_t create_graph) {
    return guard([&] {
        std::vector<at::Tensor> gradients;
        if (gradient != nullptr) {
            gradients.push_back(unwrap(gradient));
        }
        torch::autograd::backward({unwrap(tensor)}, gradients, retain_graph != 0, create_graph != 0);
    });
}

} // extern "C"
