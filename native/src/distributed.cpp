#include "common.h"
#include "compat.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#if defined(USE_C10D_GLOO)
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#if defined(USE_C10D_NCCL)
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <chrono>
#include <sstream>
#include <thread>

using sg::guard;

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int32_t most_port = 65535;
// From polling as fast as possible to ten times a second.
constexpr auto longest_pause = Milliseconds(100);

struct StoreReference {
    c10::intrusive_ptr<c10d::Store> store;
    c10d::TCPStore *server; // The connection itself; null for a prefixed view.
};

struct GroupReference {
    c10::intrusive_ptr<sg::GroupBackend> group;
    bool polled; // A wait with a time limit is this file's business.
};

struct WorkReference {
    c10::intrusive_ptr<c10d::Work> work;
    std::vector<at::Tensor> tensors; // Must outlive the operation, whoever gave up waiting for it.
    bool polled;
};

StoreReference &unwrap(sg_store *store) {
    if (store == nullptr) {
        throw std::invalid_argument("a store handle is null");
    }
    return *reinterpret_cast<StoreReference *>(store);
}

GroupReference &unwrap(sg_group *group) {
    if (group == nullptr) {
        throw std::invalid_argument("a group handle is null");
    }
    return *reinterpret_cast<GroupReference *>(group);
}

sg_store *wrap(c10::intrusive_ptr<c10d::Store> store, c10d::TCPStore *server) {
    return reinterpret_cast<sg_store *>(new StoreReference{std::move(store), server});
}

std::vector<uint8_t> bytes(const char *text) { return {text, text + std::strlen(text)}; }

char *text_of(const std::vector<uint8_t> &value) { return sg::copy_text(std::string(value.begin(), value.end())); }

sg_work *begin(GroupReference &group, sg_tensor *tensor,
               c10::intrusive_ptr<c10d::Work> (*start)(sg::GroupBackend &, std::vector<at::Tensor> &, int32_t), int32_t root) {
    auto work = std::make_unique<WorkReference>();
    work->tensors.push_back(sg::unwrap(tensor).detach());
    work->polled = group.polled;
    work->work = start(*group.group, work->tensors, root);
    return reinterpret_cast<sg_work *>(work.release());
}

// NCCL's own wait lets the stream wait, not the caller: a process that hangs would go unnoticed.
bool poll_for(c10d::Work &work, Milliseconds timeout) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    auto pause = std::chrono::microseconds(10);
    while (!work.isCompleted()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min<std::chrono::microseconds>(pause * 2, longest_pause);
    }
    work.wait();
    return true;
}

bool wait_for(c10d::Work &work, Milliseconds timeout) {
    try {
        work.wait(timeout);
        return true;
    } catch (...) {
        if (!work.isCompleted()) {
            return false; // The exception said that time is up.
        }
    }
    work.wait(); // Ended meanwhile, or failed: this says which.
    return true;
}

#if defined(USE_C10D_GLOO)
c10::intrusive_ptr<sg::GroupBackend> make_gloo(const c10::intrusive_ptr<c10d::Store> &store, int32_t rank, int32_t size, Milliseconds timeout,
                                          const char *interfaces, const char *host) {
    using Gloo = c10d::ProcessGroupGloo;
    auto options = Gloo::Options::create();
    options->timeout = timeout;
    if (interfaces != nullptr) {
        std::istringstream names(interfaces);
        for (std::string name; std::getline(names, name, ',');) {
            options->devices.push_back(Gloo::createDeviceForInterface(name));
        }
    } else if (host != nullptr) {
        options->devices.push_back(Gloo::createDeviceForHostname(host));
    } else {
        options->devices.push_back(Gloo::createDefaultDevice());
    }
    options->threads = static_cast<int>(options->devices.size() * 2);
    return c10::make_intrusive<Gloo>(store, rank, size, options);
}
#endif

#if defined(USE_C10D_NCCL)
c10::intrusive_ptr<sg::GroupBackend> make_nccl(const c10::intrusive_ptr<c10d::Store> &store, int32_t rank, int32_t size, Milliseconds timeout) {
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
}
#endif

} // namespace

extern "C" {

int32_t sg_store_create(const char *host, int32_t port, int32_t is_server, int64_t timeout, sg_store **out) {
    return guard([&] {
        if (port < 0 || port > most_port) {
            throw std::invalid_argument("a port is out of range");
        }
        c10d::TCPStoreOptions options;
        options.port = static_cast<std::uint16_t>(port);
        options.isServer = is_server != 0;
        options.waitWorkers = false;
        options.timeout = Milliseconds(timeout);
        auto store = c10::make_intrusive<c10d::TCPStore>(host, options);
        c10d::TCPStore *server = store.get();
        *out = wrap(std::move(store), server);
    });
}

int32_t sg_store_prefix(sg_store *store, const char *prefix, sg_store **out) {
    return guard([&] { *out = wrap(c10::make_intrusive<c10d::PrefixStore>(prefix, unwrap(store).store), nullptr); });
}

void sg_store_free(sg_store *store) { delete reinterpret_cast<StoreReference *>(store); }

int32_t sg_store_port(sg_store *store, int32_t *out) {
    return guard([&] {
        if (unwrap(store).server == nullptr) {
            throw std::invalid_argument("a prefixed store has no port");
        }
        *out = unwrap(store).server->getPort();
    });
}

int32_t sg_store_set(sg_store *store, const char *key, const char *text) {
    return guard([&] { unwrap(store).store->set(key, bytes(text)); });
}

int32_t sg_store_set_first(sg_store *store, const char *key, const char *text, char **out) {
    return guard([&] { *out = text_of(unwrap(store).store->compareSet(key, {}, bytes(text))); });
}

int32_t sg_store_get(sg_store *store, const char *key, char **out) {
    return guard([&] { *out = text_of(unwrap(store).store->get(key)); });
}

int32_t sg_store_check(sg_store *store, const char *key, int32_t *out) {
    return guard([&] { *out = unwrap(store).store->check({key}) ? 1 : 0; });
}

int32_t sg_store_wait(sg_store *store, const char *key, int64_t timeout) {
    return guard([&] { unwrap(store).store->wait({key}, Milliseconds(timeout)); });
}

int32_t sg_store_add(sg_store *store, const char *key, int64_t amount, int64_t *out) {
    return guard([&] { *out = unwrap(store).store->add(key, amount); });
}

int32_t sg_group_create(sg_store *store, int32_t backend, [[maybe_unused]] int32_t rank, [[maybe_unused]] int32_t size, int64_t timeout,
                        [[maybe_unused]] const char *interfaces, [[maybe_unused]] const char *host, [[maybe_unused]] sg_group **out) {
    return guard([&] {
        [[maybe_unused]] const auto &reference = unwrap(store);
        [[maybe_unused]] const Milliseconds limit(timeout);
        switch (backend) {
#if defined(USE_C10D_GLOO)
        case SG_GLOO:
            *out = reinterpret_cast<sg_group *>(new GroupReference{make_gloo(reference.store, rank, size, limit, interfaces, host), false});
            return;
#endif
#if defined(USE_C10D_NCCL)
        case SG_NCCL:
            *out = reinterpret_cast<sg_group *>(new GroupReference{make_nccl(reference.store, rank, size, limit), true});
            return;
#endif
        default:
            throw std::runtime_error(std::string("this build of the native shim has no ") + (backend == SG_GLOO ? "Gloo" : "NCCL"));
        }
    });
}

void sg_group_free(sg_group *group) { delete reinterpret_cast<GroupReference *>(group); }

int32_t sg_group_all_reduce(sg_group *group, sg_tensor *tensor, sg_work **out) {
    return guard([&] {
        *out = begin(
            unwrap(group), tensor, [](sg::GroupBackend &g, std::vector<at::Tensor> &tensors, int32_t) { return g.allreduce(tensors, {}); }, 0);
    });
}

int32_t sg_group_broadcast(sg_group *group, sg_tensor *tensor, int32_t root, sg_work **out) {
    return guard([&] {
        *out = begin(
            unwrap(group), tensor,
            [](sg::GroupBackend &g, std::vector<at::Tensor> &tensors, int32_t from) {
                c10d::BroadcastOptions options;
                options.rootRank = from;
                return g.broadcast(tensors, options);
            },
            root);
    });
}

int32_t sg_work_wait(sg_work *work, int64_t timeout, int32_t *done) {
    return guard([&] {
        auto &reference = *reinterpret_cast<WorkReference *>(work);
        *done = (reference.polled ? poll_for : wait_for)(*reference.work, Milliseconds(timeout)) ? 1 : 0;
    });
}

void sg_work_free(sg_work *work) { delete reinterpret_cast<WorkReference *>(work); }

int32_t sg_distributed_available(int32_t backend, int32_t *out) {
    return guard([&] {
        switch (backend) {
        case SG_STORE:
#if defined(USE_C10D_GLOO)
        case SG_GLOO:
#endif
#if defined(USE_C10D_NCCL)
        case SG_NCCL:
#endif
            *out = 1;
            return;
        default:
            *out = 0;
        }
    });
}

} // extern "C"
