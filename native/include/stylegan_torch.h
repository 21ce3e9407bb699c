/*
 * C interface to libtorch, as thin as it can be: operators are called through the dispatcher by name, so there is one call
 * function instead of one export per operator.
 *
 * Rules, true for every function unless it says otherwise:
 *  - It returns SG_OK or an error status; the text of the error is `sg_last_error()` on the same thread. On an error no `out`
 *    parameter is written.
 *  - A handle received through `out` belongs to the caller and is given back with the matching `*_free`.
 *  - A handle passed in stays the caller's; it must not be NULL except where "NULL" is named.
 *  - A callback reports a failure by `sg_set_failure` and a status that is not SG_OK; the failure passes through libtorch to the
 *    function that was called, which returns that status. No exception of the host language may leave a callback.
 *  - Strings are UTF-8. Sizes are int64_t. Nothing here is thread-bound except the error text and the grad mode.
 */
#ifndef STYLEGAN_TORCH_H
#define STYLEGAN_TORCH_H

#include <stdint.h>

#if defined(_WIN32)
#ifdef SG_BUILDING
#define SG_EXPORT __declspec(dllexport)
#else
#define SG_EXPORT __declspec(dllimport)
#endif
#else
#define SG_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sg_tensor sg_tensor;       /* one reference to a tensor */
typedef struct sg_operator sg_operator;   /* an operator of the dispatcher; lives as long as the process */
typedef struct sg_generator sg_generator; /* one reference to a random generator */
typedef struct sg_module sg_module;       /* a TorchScript module */
typedef struct sg_function sg_function;   /* the context of a custom autograd function during one of its callbacks */
typedef struct sg_store sg_store;         /* a connection to a key-value store that several processes share */
typedef struct sg_group sg_group;         /* processes that reduce and broadcast tensors together */
typedef struct sg_work sg_work;           /* a collective operation on its way */
typedef struct sg_cuda_graph sg_cuda_graph; /* launches on a CUDA device, recorded to be repeated */

enum sg_status {
    SG_OK = 0,
    SG_ERROR = 1,         /* any other failure */
    SG_OUT_OF_MEMORY = 2, /* host or device memory */
    SG_TORCH_ERROR = 3    /* libtorch refused: shapes, types, missing kernels ... */
};

enum sg_tag {
    SG_NONE = 0,
    SG_TENSOR = 1,      /* value.pointer: sg_tensor* */
    SG_INT = 2,         /* value.integer */
    SG_DOUBLE = 3,      /* value.real */
    SG_BOOL = 4,        /* value.integer: 0 or 1 */
    SG_INT_LIST = 5,    /* value.pointer: int64_t[length] */
    SG_DOUBLE_LIST = 6, /* value.pointer: double[length] */
    SG_BOOL_LIST = 7,   /* value.pointer: uint8_t[length] */
    SG_TENSOR_LIST = 8, /* value.pointer: sg_tensor*[length]; NULL entries are absent tensors */
    SG_STRING = 9,      /* value.pointer: char[length] */
    SG_DEVICE = 10,     /* value.integer: device type, length: index (-1 = current) */
    SG_GENERATOR = 11   /* value.pointer: sg_generator* */
};

/* One argument or result of an operator. 24 bytes, the same on every platform. */
typedef struct sg_value {
    int32_t tag;
    int32_t reserved;
    int64_t length;
    union {
        int64_t integer;
        double real;
        void *pointer;
    } value;
} sg_value;

/* ---- error.cpp ---- */

/* Version of this interface; the caller checks that it is the one it was written for. Cannot fail. */
SG_EXPORT int32_t sg_abi_version(void);
/* Version text of the libtorch this was compiled against, e.g. "1.13.1". Static. Cannot fail. */
SG_EXPORT const char *sg_torch_version(void);
/* Text of the last error on this thread; valid until the next call on this thread. Never NULL. */
SG_EXPORT const char *sg_last_error(void);
/* Frees `state`, an object of the host language. */
typedef void (*sg_release_callback)(void *state);
/*
 * For callbacks that are about to return a failure: its text, and the host's own exception object, which travels with it, also
 * to another thread. `state` belongs to the shim from then on: it is handed out by `sg_take_failure` or released. NULL: none.
 */
SG_EXPORT void sg_set_failure(const char *text, void *state, sg_release_callback release);
/* The exception object of the last error on this thread, which the caller owns from then on. NULL: it had none. */
SG_EXPORT void *sg_take_failure(void);

/* ---- tensor.cpp ---- */

/* Gives back a reference. NULL is allowed. */
SG_EXPORT void sg_tensor_free(sg_tensor *tensor);
/* A second reference to the same tensor. */
SG_EXPORT int32_t sg_tensor_alias(sg_tensor *tensor, sg_tensor **out);
/* Number of dimensions. */
SG_EXPORT int32_t sg_tensor_dim(sg_tensor *tensor, int64_t *out);
/* Sizes and strides, in elements, into arrays of `sg_tensor_dim` entries. `strides` may be NULL. */
SG_EXPORT int32_t sg_tensor_shape(sg_tensor *tensor, int64_t *sizes, int64_t *strides);
/* c10::ScalarType as its number. */
SG_EXPORT int32_t sg_tensor_dtype(sg_tensor *tensor, int32_t *out);
/* c10::DeviceType as its number, and the index (-1 for the CPU). */
SG_EXPORT int32_t sg_tensor_device(sg_tensor *tensor, int32_t *type, int32_t *index);
/* Address of the first element. Stays valid as long as a reference to the tensor lives and its storage is not resized. */
SG_EXPORT int32_t sg_tensor_data(sg_tensor *tensor, void **out);
/* Number of bytes of the tensor's storage counted from its first element. */
SG_EXPORT int32_t sg_tensor_available_bytes(sg_tensor *tensor, int64_t *out);
/* Counts the changes made in place; every alias and view of the same elements counts together. */
SG_EXPORT int32_t sg_tensor_version(sg_tensor *tensor, int64_t *out);
/* 1 when elements lie in row-major order without gaps; with `channels_last` 1: in NHWC order. */
SG_EXPORT int32_t sg_tensor_is_contiguous(sg_tensor *tensor, int32_t channels_last, int32_t *out);

/* ---- call.cpp ---- */

/* Finds an operator, e.g. "aten::conv2d" with overload "". The handle is not freed. Error when there is none of that name. */
SG_EXPORT int32_t sg_operator_find(const char *name, const char *overload, sg_operator **out);
/* The operator's schema as text, into a string freed with `sg_free`. */
SG_EXPORT int32_t sg_operator_schema(sg_operator *op, char **out);
/*
 * Calls an operator. Missing trailing arguments take the schema's defaults; integers become doubles or one-element lists where
 * the schema asks for them. The first `capacity` results are written to `results` (tensors and tensor lists owned by the
 * caller; the array of a tensor list is freed with `sg_free`), further ones are dropped. `count`: how many were written.
 */
SG_EXPORT int32_t sg_operator_call(sg_operator *op, const sg_value *arguments, int64_t argument_count, sg_value *results,
                                   int64_t capacity, int64_t *count);
/* Frees memory that this library allocated. NULL is allowed. */
SG_EXPORT void sg_free(void *memory);

/* ---- autograd.cpp ---- */

/* Whether operations on this thread are recorded for differentiation: 0 or 1. Cannot fail. */
SG_EXPORT int32_t sg_grad_enabled(void);
SG_EXPORT void sg_set_grad_enabled(int32_t enabled);
SG_EXPORT int32_t sg_tensor_requires_grad(sg_tensor *tensor, int32_t *out);
SG_EXPORT int32_t sg_tensor_set_requires_grad(sg_tensor *tensor, int32_t value);
/* The accumulated gradient; NULL through `out` when there is none. */
SG_EXPORT int32_t sg_tensor_grad(sg_tensor *tensor, sg_tensor **out);
/* Replaces the accumulated gradient; `grad` NULL removes it. */
SG_EXPORT int32_t sg_tensor_set_grad(sg_tensor *tensor, sg_tensor *grad);
/*
 * Gradients of `outputs` with respect to `inputs`. `grad_outputs`: NULL, or one per output, entries may be NULL (ones, for
 * scalars). `results`: array of `input_count`, entries NULL where an input had no part in the outputs (allow_unused).
 */
SG_EXPORT int32_t sg_grad(sg_tensor **outputs, int64_t output_count, sg_tensor **inputs, int64_t input_count,
                          sg_tensor **grad_outputs, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                          sg_tensor **results);
/* Accumulates gradients of a tensor into the leaves it was computed from. `gradient` NULL: one, for scalars. */
SG_EXPORT int32_t sg_backward(sg_tensor *tensor, sg_tensor *gradient, int32_t retain_graph, int32_t create_graph);

/* ---- function.cpp ---- */

/*
 * One callback serves both directions of a custom autograd function. `inputs` are owned by the callee from then on, entries may
 * be NULL (an undefined gradient). The callee writes `output_count` handles it gives away to `outputs` (backward: NULL = no
 * gradient); they are freed when it fails. It returns SG_OK, or another status after `sg_set_failure`.
 */
typedef int32_t (*sg_function_callback)(void *state, sg_function *context, int32_t backward, sg_tensor **inputs,
                                        int64_t input_count, sg_tensor **outputs, int64_t output_count);
/*
 * Runs a custom autograd function: calls `callback` forward (recording off) and hangs its backward into the graph. Backward runs
 * with recording on where a graph of it was asked for, so it can be differentiated again. `state` (not NULL) is released once,
 * when the node is gone or when this fails, on whatever thread drops the last reference.
 */
SG_EXPORT int32_t sg_function_apply(sg_function_callback callback, sg_release_callback release, void *state, sg_tensor **inputs,
                                    int64_t input_count, sg_tensor **outputs, int64_t output_count);
/* Keeps tensors for the backward pass. Only in the forward callback, once. Entries may be NULL. */
SG_EXPORT int32_t sg_function_save(sg_function *context, sg_tensor **tensors, int64_t count);
/* The kept tensors, in order: `count` as saved. Only in the backward callback. */
SG_EXPORT int32_t sg_function_saved(sg_function *context, sg_tensor **tensors, int64_t count);
/* Whether this backward pass wants the gradient of an input (counted from 0): 1 or 0. Only in the backward callback. */
SG_EXPORT int32_t sg_function_needs(sg_function *context, int64_t input);

/* ---- random.cpp ---- */

/* A generator of the device (device type, index -1 = current), seeded. */
SG_EXPORT int32_t sg_generator_create(int32_t device_type, int32_t device_index, uint64_t seed, sg_generator **out);
SG_EXPORT void sg_generator_free(sg_generator *generator);
/* The generator's state as a byte tensor, and back. */
SG_EXPORT int32_t sg_generator_get_state(sg_generator *generator, sg_tensor **out);
SG_EXPORT int32_t sg_generator_set_state(sg_generator *generator, sg_tensor *state);

/* ---- script.cpp ---- */

/*
 * Loads a TorchScript module from the bytes of its file, onto the CPU and in evaluation mode. `data` is not needed afterwards. The
 * file holds code, which libtorch's interpreter executes when the module is loaded and called: only for files the user named.
 */
SG_EXPORT int32_t sg_module_load(const void *data, int64_t length, sg_module **out);
/* NULL is allowed. */
SG_EXPORT void sg_module_free(sg_module *module);
/* Moves parameters and buffers to a device (device type, index -1 = current). */
SG_EXPORT int32_t sg_module_to(sg_module *module, int32_t device_type, int32_t device_index);
/*
 * Calls `forward` with one tensor and `count` keyword arguments that are truth values (0 or 1; `names` and `values` may be NULL when
 * `count` is 0). Error when the result is no tensor.
 */
SG_EXPORT int32_t sg_module_call(sg_module *module, sg_tensor *input, const char *const *names, const uint8_t *values, int64_t count,
                                 sg_tensor **out);

/* ---- parallel.cpp ---- */

/* Threads that one operator uses. The packaged libtorch starts with one. */
SG_EXPORT int32_t sg_set_num_threads(int32_t count);
SG_EXPORT int32_t sg_get_num_threads(int32_t *out);
/*
 * Calls `body(state, begin, end)` for parts of [begin, end) of at least `grain` each, on libtorch's own thread pool. The body
 * returns SG_OK, or another status after `sg_set_failure`: the first failure is the loop's.
 */
typedef int32_t (*sg_range_callback)(void *state, int64_t begin, int64_t end);
SG_EXPORT int32_t sg_parallel_for(int64_t begin, int64_t end, int64_t grain, sg_range_callback body, void *state);

/* ---- memory.cpp ---- */

/*
 * From now on large CPU tensors live in one reserved range of addresses, and freed ones make room for the next without a detour
 * through the system. `range`: bytes of addresses to reserve; what does not fit is allocated as before. Does nothing the second
 * time, and where the system refuses.
 */
SG_EXPORT int32_t sg_memory_keep(int64_t range);
/* Gives the memory of everything free in the range back to the system. */
SG_EXPORT int32_t sg_memory_release(void);
/* Bytes of the range that are in use by nobody but still occupy memory, at most. */
SG_EXPORT int32_t sg_memory_kept(int64_t *out);

/* ---- device.cpp ---- */

/* Number of CUDA devices that answer; 0 when libtorch has no CUDA. */
SG_EXPORT int32_t sg_cuda_device_count(int32_t *out);
/* Waits for everything queued on the device. */
SG_EXPORT int32_t sg_cuda_synchronize(int32_t index);
/* libtorch's build configuration as text (BLAS, oneDNN, instruction set), into a string freed with `sg_free`. */
SG_EXPORT int32_t sg_configuration(char **out);

/*
 * What libtorch's CUDA libraries may do, each 0 or 1, for the whole process: round products of float32 to TF32; try convolution algorithms
 * and keep the fastest; use deterministic ones only. Kept, though without effect, where libtorch has no CUDA.
 */
SG_EXPORT int32_t sg_cuda_settings_set(int32_t tf32, int32_t benchmark, int32_t deterministic);
SG_EXPORT int32_t sg_cuda_settings_get(int32_t *tf32, int32_t *benchmark, int32_t *deterministic);

/* ---- cuda.cpp ---- */

/* 1 where this shim was built with what follows, else 0; where it was not, every call of it is an SG_ERROR that says so. */
SG_EXPORT int32_t sg_cuda_available(int32_t *out);
/* The stream that libtorch launches on, on this thread (cudaStream_t, the same as CUstream; NULL is the default one). Libtorch's. */
SG_EXPORT int32_t sg_cuda_stream(int32_t index, void **out);
/*
 * From now on this thread's launches on the device are recorded instead of carried out, on a stream of their own, which waits for what was queued
 * before. Memory allocated meanwhile stays the graph's. Nothing may wait for the device until `sg_cuda_graph_end`.
 */
SG_EXPORT int32_t sg_cuda_graph_begin(int32_t index, sg_cuda_graph **out);
/* Ends the recording, on the thread that began it, and returns to the stream that was current before; also where it fails. */
SG_EXPORT int32_t sg_cuda_graph_end(sg_cuda_graph *graph);
/* Queues everything recorded on the current stream. */
SG_EXPORT int32_t sg_cuda_graph_replay(sg_cuda_graph *graph);
/* Ends a recording that is still on its way, and frees. */
SG_EXPORT void sg_cuda_graph_free(sg_cuda_graph *graph);

/* ---- distributed.cpp ---- */

enum sg_backend {
    SG_STORE = 0, /* the store alone */
    SG_GLOO = 1,  /* tensors on the CPU */
    SG_NCCL = 2   /* tensors on CUDA devices */
};

/* 1 where this shim was built with the backend, else 0; where it was not, every call that needs it is an SG_ERROR that says so. */
SG_EXPORT int32_t sg_distributed_available(int32_t backend, int32_t *out);

/*
 * Connects to the store at host:port, which one process serves. `is_server`: this process serves it (on all its addresses), until the
 * handle is freed; port 0 chooses a free one. Blocks until the connection is there, at most `timeout` milliseconds.
 */
SG_EXPORT int32_t sg_store_create(const char *host, int32_t port, int32_t is_server, int64_t timeout, sg_store **out);
/* A store of the same connection whose keys begin with a prefix. */
SG_EXPORT int32_t sg_store_prefix(sg_store *store, const char *prefix, sg_store **out);
SG_EXPORT void sg_store_free(sg_store *store);
/* The port that a store created by `sg_store_create` is reached at. */
SG_EXPORT int32_t sg_store_port(sg_store *store, int32_t *out);
/* Sets a text. */
SG_EXPORT int32_t sg_store_set(sg_store *store, const char *key, const char *text);
/* Sets a text where the key has none. `out`: the text that the key has now, freed with `sg_free`. */
SG_EXPORT int32_t sg_store_set_first(sg_store *store, const char *key, const char *text, char **out);
/* The text of a key that is there (see sg_store_check; else this waits for it), freed with `sg_free`. */
SG_EXPORT int32_t sg_store_get(sg_store *store, const char *key, char **out);
/* 1 when the key is there, else 0. */
SG_EXPORT int32_t sg_store_check(sg_store *store, const char *key, int32_t *out);
/* Waits for a key; an error after `timeout` milliseconds. From then on every answer must come within that time. */
SG_EXPORT int32_t sg_store_wait(sg_store *store, const char *key, int64_t timeout);
/* Adds to a number that starts as 0, and gives the sum. */
SG_EXPORT int32_t sg_store_add(sg_store *store, const char *key, int64_t amount, int64_t *out);

/*
 * Makes the group; blocks until all `size` processes have called this. `timeout`: milliseconds that making the group and any operation
 * of it may take. Gloo listens on the interface (comma-separated names) or, where that is NULL, on the address of `host`, or, where that
 * is NULL too, on that of the machine's name. NCCL finds its own ways and ignores both.
 */
SG_EXPORT int32_t sg_group_create(sg_store *store, int32_t backend, int32_t rank, int32_t size, int64_t timeout, const char *interfaces,
                                  const char *host, sg_group **out);
/* Waits for operations on their way; a group that failed is better never freed. */
SG_EXPORT void sg_group_free(sg_group *group);
/* Starts adding up a contiguous tensor over all processes, in place. */
SG_EXPORT int32_t sg_group_all_reduce(sg_group *group, sg_tensor *tensor, sg_work **out);
/* Starts copying a contiguous tensor of the process `root` into those of all others. */
SG_EXPORT int32_t sg_group_broadcast(sg_group *group, sg_tensor *tensor, int32_t root, sg_work **out);
/* Waits at most `timeout` milliseconds. `done`: 1 when the operation has ended, 0 when it is still on its way. Its failure is this call's. */
SG_EXPORT int32_t sg_work_wait(sg_work *work, int64_t timeout, int32_t *done);
SG_EXPORT void sg_work_free(sg_work *work);

#ifdef __cplusplus
}
#endif

#endif
