// Custom autograd functions whose two directions are one callback of the host language.
#include "common.h"
#include "compat.h"

#include <ATen/core/ivalue.h>

using sg::guard;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

using OwnedState = std::unique_ptr<void, sg_release_callback>;

// Owns the host's state object; lives in the context, so it dies with the node of the graph.
struct HostState : torch::CustomClassHolder {
    HostState(sg_function_callback callback, OwnedState state) : callback(callback), state(std::move(state)) {}

    sg_function_callback callback;
    OwnedState state;
};

constexpr const char *state_key = "host";

variable_list call_host(HostState &host, AutogradContext *context, bool backward, at::ArrayRef<at::Tensor> inputs,
                        int64_t output_count) {
    // Everything is allocated before the handles exist: from there on nothing can throw.
    std::vector<sg_tensor *> given(inputs.size(), nullptr);
    std::vector<sg_tensor *> received(static_cast<size_t>(output_count), nullptr);
    variable_list outputs;
    outputs.reserve(received.size());
    sg::wrap_all(inputs, given.data());
    const int32_t status = host.callback(host.state.get(), reinterpret_cast<sg_function *>(context), backward ? 1 : 0,
                                         given.data(), static_cast<int64_t>(given.size()), received.data(), output_count);
    for (sg_tensor *handle : received) {
        outputs.push_back(sg::unwrap_or_undefined(handle));
        sg_tensor_free(handle);
    }
    if (status != SG_OK) {
        throw sg::HostError(status);
    }
    return outputs;
}

struct HostFunction : torch::autograd::Function<HostFunction> {
    static variable_list forward(AutogradContext *context, at::TensorList inputs, c10::intrusive_ptr<HostState> host,
                                 int64_t output_count) {
        context->saved_data[state_key] = c10::IValue::make_capsule(host);
        context->saved_data["inputs"] = static_cast<int64_t>(inputs.size());
        context->set_materialize_grads(false);
        return call_host(*host, context, false, inputs, output_count);
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients) {
        const auto holder = context->saved_data[state_key].toCapsule();
        auto &host = static_cast<HostState &>(*holder);
        auto outputs = call_host(host, context, true, gradients, context->saved_data["inputs"].toInt());
        outputs.emplace_back(); // the host state and
        outputs.emplace_back(); // the count are arguments without gradients
        return outputs;
    }
};

AutogradContext *unwrap_context(sg_function *context) { return reinterpret_cast<AutogradContext *>(context); }

} // namespace

extern "C" {

int32_t sg_function_apply(sg_function_callback callback, sg_release_callback release, void *state, sg_tensor **inputs,
                          int64_t input_count, sg_tensor **outputs, int64_t output_count) {
    return guard([&] {
        OwnedState owned(state, release);
        auto host = c10::make_intrusive<HostState>(callback, std::move(owned));
        std::vector<at::Tensor> list;
        for (int64_t i = 0; i < input_count; ++i) {
            list.push_back(sg::unwrap(inputs[i]));
        }
        const auto results = HostFunction::apply(at::TensorList(list), host, output_count);
        sg::wrap_all(results, outputs);
    });
}

int32_t sg_function_save(sg_function *context, sg_tensor **tensors, int64_t count) {
    return guard([&] {
        variable_list list;
        for (int64_t i = 0; i < count; ++i) {
            list.push_back(sg::unwrap_or_undefined(tensors[i]));
        }
        unwrap_context(context)->save_for_backward(std::move(list));
    });
}

int32_t sg_function_saved(sg_function *context, sg_tensor **tensors, int64_t count) {
    return guard([&] {
        const auto saved = unwrap_context(context)->get_saved_variables();
        if (static_cast<int64_t>(saved.size()) != count) {
            throw std::invalid_argument("the function kept " + std::to_string(saved.size()) + " tensors, not " +
                                        std::to_string(count));
        }
        sg::wrap_all(saved, tensors);
    });
}

int32_t sg_function_needs(sg_function *context, int64_t input) {
    return unwrap_context(context)->needs_input_grad(static_cast<size_t>(input)) ? 1 : 0;
}

} // extern "C"
