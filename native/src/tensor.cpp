#include "common.h"

using sg::guard;
using sg::unwrap;

extern "C" {

void sg_tensor_free(sg_tensor *tensor) { delete reinterpret_cast<at::Tensor *>(tensor); }

int32_t sg_tensor_alias(sg_tensor *tensor, sg_tensor **out) {
    return guard([&] { *out = sg::wrap(unwrap(tensor)); });
}

int32_t sg_tensor_dim(sg_tensor *tensor, int64_t *out) {
    return guard([&] { *out = unwrap(tensor).dim(); });
}

int32_t sg_tensor_shape(sg_tensor *tensor, int64_t *sizes, int64_t *strides) {
    return guard([&] {
        const at::Tensor &t = unwrap(tensor);
        for (int64_t i = 0; i < t.dim(); ++i) {
            sizes[i] = t.size(i);
            if (strides != nullptr) {
                strides[i] = t.stride(i);
            }
        }
    });
}

int32_t sg_tensor_dtype(sg_tensor *tensor, int32_t *out) {
    return guard([&] { *out = static_cast<int32_t>(unwrap(tensor).scalar_type()); });
}

int32_t sg_tensor_device(sg_tensor *tensor, int32_t *type, int32_t *index) {
    return guard([&] {
        const c10::Device device = unwrap(tensor).device();
        *type = static_cast<int32_t>(device.type());
        *index = device.has_index() ? device.index() : -1;
    });
}

int32_t sg_tensor_data(sg_tensor *tensor, void **out) {
    return guard([&] { *out = unwrap(tensor).data_ptr(); });
}

int32_t sg_tensor_available_bytes(sg_tensor *tensor, int64_t *out) {
    return guard([&] {
        const at::Tensor &t = unwrap(tensor);
        *out = static_cast<int64_t>(t.storage().nbytes()) - t.storage_offset() * static_cast<int64_t>(t.element_size());
    });
}

int32_t sg_tensor_version(sg_tensor *tensor, int64_t *out) {
    return guard([&] { *out = static_cast<int64_t>(unwrap(tensor)._version()); });
}

int32_t sg_tensor_is_contiguous(sg_tensor *tensor, int32_t channels_last, int32_t *out) {
    return guard([&] {
        const auto format = channels_last != 0 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
        *out = unwrap(tensor).is_contiguous(format) ? 1 : 0;
    });
}

} // extern "C"
