// Operators through the dispatcher, boxed: a stack of tagged values in, a stack out.
#include "common.h"
#include "compat.h"

#include <ATen/core/Generator.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>
#include <ATen/core/stack.h>

#include <sstream>

using sg::guard;

namespace {

const c10::OperatorHandle &unwrap_operator(sg_operator *handle) { return *reinterpret_cast<const c10::OperatorHandle *>(handle); }

// int[2] and Tensor? are both "a type with something around it"; conversions look at what is inside.
c10::TypePtr without_optional(const c10::TypePtr &type) {
    const auto optional = type->cast<c10::OptionalType>();
    return optional ? optional->getElementType() : type;
}

bool is_list_of(const c10::TypePtr &type, c10::TypeKind element) {
    const auto list = type->cast<c10::ListType>();
    return list && list->getElementType()->kind() == element;
}

c10::IValue from_integer(int64_t value, const c10::Argument &argument, const c10::TypePtr &type) {
    if (type->kind() == c10::TypeKind::FloatType) {
        return static_cast<double>(value);
    }
    if (type->kind() == c10::TypeKind::BoolType) {
        return value != 0;
    }
    if (type->cast<c10::ListType>()) { // int[2] given as one number: the same for every entry
        return c10::List<int64_t>(std::vector<int64_t>(argument.N() ? static_cast<size_t>(*argument.N()) : 1, value));
    }
    return value;
}

c10::IValue from_tensors(const sg_value &value, const c10::TypePtr &type) {
    auto **handles = static_cast<sg_tensor **>(value.value.pointer);
    const auto list = type->cast<c10::ListType>();
    if (list && list->getElementType()->kind() == c10::TypeKind::OptionalType) {
        c10::List<sg::OptionalTensor> tensors;
        for (int64_t i = 0; i < value.length; ++i) {
            tensors.push_back(handles[i] == nullptr ? sg::OptionalTensor() : sg::OptionalTensor(sg::unwrap(handles[i])));
        }
        return tensors;
    }
    c10::List<at::Tensor> tensors;
    tensors.reserve(static_cast<size_t>(value.length));
    for (int64_t i = 0; i < value.length; ++i) {
        tensors.push_back(sg::unwrap(handles[i]));
    }
    return tensors;
}

c10::IValue to_ivalue(const sg_value &value, const c10::Argument &argument) {
    const c10::TypePtr type = without_optional(argument.type());
    switch (value.tag) {
    case SG_NONE:
        return argument.type()->kind() == c10::TypeKind::TensorType ? c10::IValue(at::Tensor()) : c10::IValue();
    case SG_TENSOR:
        return sg::unwrap(static_cast<sg_tensor *>(value.value.pointer));
    case SG_INT:
        return from_integer(value.value.integer, argument, type);
    case SG_DOUBLE:
        return value.value.real;
    case SG_BOOL:
        return value.value.integer != 0;
    case SG_INT_LIST: {
        const auto *data = static_cast<const int64_t *>(value.value.pointer);
        if (is_list_of(type, c10::TypeKind::FloatType)) {
            return c10::List<double>(std::vector<double>(data, data + value.length));
        }
        return c10::List<int64_t>(std::vector<int64_t>(data, data + value.length));
    }
    case SG_DOUBLE_LIST: {
        const auto *data = static_cast<const double *>(value.value.pointer);
        return c10::List<double>(std::vector<double>(data, data + value.length));
    }
    case SG_BOOL_LIST: {
        const auto *data = static_cast<const uint8_t *>(value.value.pointer);
        c10::List<bool> list;
        for (int64_t i = 0; i < value.length; ++i) {
            list.push_back(data[i] != 0);
        }
        return list;
    }
    case SG_TENSOR_LIST:
        return from_tensors(value, type);
    case SG_STRING:
        return std::string(static_cast<const char *>(value.value.pointer), static_cast<size_t>(value.length));
    case SG_DEVICE:
        return c10::Device(static_cast<c10::DeviceType>(value.value.integer), static_cast<c10::DeviceIndex>(value.length));
    case SG_GENERATOR:
        return *static_cast<at::Generator *>(value.value.pointer);
    default:
        throw std::invalid_argument("argument '" + argument.name() + "' has the unknown tag " + std::to_string(value.tag));
    }
}

sg_value from_ivalue(const c10::IValue &value) {
    sg_value result{};
    if (value.isTensor()) {
        result.value.pointer = sg::wrap(value.toTensor());
        result.tag = result.value.pointer == nullptr ? SG_NONE : SG_TENSOR;
    } else if (value.isInt()) {
        result.tag = SG_INT;
        result.value.integer = value.toInt();
    } else if (value.isDouble()) {
        result.tag = SG_DOUBLE;
        result.value.real = value.toDouble();
    } else if (value.isBool()) {
        result.tag = SG_BOOL;
        result.value.integer = value.toBool() ? 1 : 0;
    } else if (value.isTensorList()) {
        const auto tensors = value.toTensorVector();
        std::unique_ptr<void, decltype(&sg_free)> handles(::operator new(sizeof(sg_tensor *) * (tensors.size() + 1)), &sg_free);
        sg::wrap_all(tensors, static_cast<sg_tensor **>(handles.get()));
        result.tag = SG_TENSOR_LIST;
        result.length = static_cast<int64_t>(tensors.size());
        result.value.pointer = handles.release();
    } else if (!value.isNone()) {
        throw std::invalid_argument("a result of type " + value.tagKind() + " cannot be handed over");
    }
    return result;
}

void free_result(const sg_value &value) {
    if (value.tag == SG_TENSOR) {
        sg_tensor_free(static_cast<sg_tensor *>(value.value.pointer));
    } else if (value.tag == SG_TENSOR_LIST) {
        for (int64_t i = 0; i < value.length; ++i) {
            sg_tensor_free(static_cast<sg_tensor **>(value.value.pointer)[i]);
        }
        sg_free(value.value.pointer);
    }
}

} // namespace

extern "C" {

int32_t sg_operator_find(const char *name, const char *overload, sg_operator **out) {
    return guard([&] {
        const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        if (!found.has_value()) {
            throw std::invalid_argument(std::string("this libtorch has no operator ") + name + (*overload ? "." : "") + overload);
        }
        *out = reinterpret_cast<sg_operator *>(new c10::OperatorHandle(*found)); // kept for the life of the process
    });
}

int32_t sg_operator_schema(sg_operator *op, char **out) {
    return guard([&] {
        std::ostringstream text;
        text << unwrap_operator(op).schema();
        *out = sg::copy_text(text.str());
    });
}

int32_t sg_operator_call(sg_operator *op, const sg_value *arguments, int64_t argument_count, sg_value *results, int64_t capacity,
                         int64_t *count) {
    return guard([&] {
        const c10::OperatorHandle &handle = unwrap_operator(op);
        const auto &parameters = handle.schema().arguments();
        if (argument_count > static_cast<int64_t>(parameters.size())) {
            throw std::invalid_argument("given " + std::to_string(argument_count) + " arguments, the operator takes " +
                                        std::to_string(parameters.size()));
        }

        torch::jit::Stack stack;
        stack.reserve(parameters.size());
        for (size_t i = 0; i < parameters.size(); ++i) {
            if (static_cast<int64_t>(i) < argument_count) {
                stack.push_back(to_ivalue(arguments[i], parameters[i]));
            } else if (parameters[i].default_value().has_value()) {
                stack.push_back(*parameters[i].default_value());
            } else {
                throw std::invalid_argument("argument '" + parameters[i].name() + "' is missing and has no default");
            }
        }

        handle.callBoxed(stack);

        const int64_t written = std::min<int64_t>(capacity, static_cast<int64_t>(stack.size()));
        int64_t done = 0;
        try {
            for (; done < written; ++done) {
                results[done] = from_ivalue(stack[static_cast<size_t>(done)]);
            }
        } catch (...) { // A later result cannot be handed over: nobody would free the earlier ones.
            while (done-- > 0) {
                free_result(std::exchange(results[done], sg_value{}));
            }
            throw;
        }
        *count = written;
    });
}

void sg_free(void *memory) { ::operator delete(memory); }

} // extern "C"
