// Main memory for tensors. The C library gives large blocks back to the system when they are freed, and every new one is
// paid for page by page: on picture-sized tensors that costs several times the operation itself. Here large tensors live in one
// reserved range of addresses whose pages, once touched, stay: freed blocks are joined and serve the next tensors, of any size.
#include "common.h"
#include "compat.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#if defined(__linux__)
#include <sys/mman.h>
#endif

using sg::guard;

namespace {

constexpr size_t large = size_t(1) << 20;      // Smaller blocks are left to libtorch's own allocator.
constexpr size_t granule = size_t(64) << 10;   // Blocks are multiples of this.
constexpr size_t huge_page = size_t(2) << 20;
constexpr size_t least = size_t(1) << 30;      // Not worth having below.

class Arena {
  public:
    // Reserves addresses, not memory. False where the system refuses.
    bool reserve(size_t bytes) {
#if defined(__linux__)
        for (; bytes >= least; bytes /= 2) {
            void *mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (mapped != MAP_FAILED) {
                madvise(mapped, bytes, MADV_HUGEPAGE); // A wish; ordinary pages do too.
                const auto address = reinterpret_cast<uintptr_t>(mapped);
                begin_ = (address + huge_page - 1) / huge_page * huge_page;
                end_ = address + bytes;
                top_ = begin_;
                highest_ = begin_;
                return true;
            }
        }
#endif
        (void)bytes;
        return false;
    }

    bool owns(const void *block) const {
        const auto address = reinterpret_cast<uintptr_t>(block);
        return address >= begin_ && address < end_;
    }

    // Null where the range is used up.
    void *take(size_t bytes) {
        const size_t wanted = (bytes + granule - 1) / granule * granule;
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto fit = by_size_.lower_bound({wanted, 0}); // the smallest that fits, the lowest of these
        uintptr_t address;
        if (fit != by_size_.end()) {
            address = fit->second;
            const size_t size = fit->first;
            live_.emplace(address, wanted);
            remove(address, size);
            if (size > wanted) {
                insert(address + wanted, size - wanted);
            }
        } else {
            if (wanted > end_ - top_) {
                return nullptr;
            }
            address = top_;
            live_.emplace(address, wanted);
            top_ += wanted;
            highest_ = std::max(highest_, top_);
        }
        live_bytes_ += wanted;
        return reinterpret_cast<void *>(address);
    }

    void give_back(void *block) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = live_.find(reinterpret_cast<uintptr_t>(block));
        uintptr_t address = found->first;
        size_t size = found->second;
        live_.erase(found);
        live_bytes_ -= size;

        // Join with free neighbours; what ends at the top lowers it.
        auto next = free_.lower_bound(address);
        if (next != free_.begin()) {
            const auto previous = std::prev(next);
            if (previous->first + previous->second == address) {
                address = previous->first;
                size += previous->second;
                remove(previous->first, previous->second);
                next = free_.lower_bound(address);
            }
        }
        if (next != free_.end() && address + size == next->first) {
            size += next->second;
            remove(next->first, next->second);
        }
        if (address + size == top_) {
            top_ = address;
        } else {
            insert(address, size);
        }
    }

    // Gives the pages of everything free back to the system.
    void release() {
#if defined(__linux__)
        const std::lock_guard<std::mutex> lock(mutex_);
        for (const auto &range : free_) {
            madvise(reinterpret_cast<void *>(range.first), range.second, MADV_DONTNEED);
        }
        if (highest_ > top_) {
            madvise(reinterpret_cast<void *>(top_), highest_ - top_, MADV_DONTNEED);
        }
        highest_ = top_;
#endif
    }

    // Touched and free: an upper bound after `release`, which leaves free ranges below the top counted.
    size_t kept() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return highest_ - begin_ - live_bytes_;
    }

  private:
    void insert(uintptr_t address, size_t size) {
        free_.emplace(address, size);
        by_size_.emplace(size, address);
    }

    void remove(uintptr_t address, size_t size) {
        free_.erase(address);
        by_size_.erase({size, address});
    }

    std::mutex mutex_;
    uintptr_t begin_ = 0, end_ = 0;
    uintptr_t top_ = 0;     // Above it everything is free.
    uintptr_t highest_ = 0; // Above it nothing was touched.
    std::map<uintptr_t, size_t> free_;
    std::set<std::pair<size_t, uintptr_t>> by_size_;
    std::unordered_map<uintptr_t, size_t> live_;
    size_t live_bytes_ = 0;
};

Arena &arena() {
    static auto *instance = new Arena; // Never destroyed: tensors may outlive static destructors.
    return *instance;
}

// libtorch wants one function that frees whatever this allocator gave out, knowing the address only (scratch memory of its
// convolutions comes through the raw interface).
c10::Allocator *small_blocks = nullptr;

void free_block(void *block) {
    if (arena().owns(block)) {
        try {
            arena().give_back(block);
        } catch (...) { // Not even the book-keeping fits into memory: the block stays unused rather than the process dying.
        }
    } else {
        small_blocks->raw_deallocate(block);
    }
}

class ArenaAllocator final : public c10::Allocator {
  public:
    c10::DataPtr allocate(size_t bytes) SG_ALLOCATE_CONST override {
        void *block = bytes < large ? nullptr : arena().take(bytes);
        if (block == nullptr) {
            block = small_blocks->raw_allocate(bytes); // Fails with libtorch's own account of what was asked for.
        }
        return {block, block, &free_block, c10::Device(c10::DeviceType::CPU)};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &free_block; }

    SG_ALLOCATOR_COPY_DATA
};

} // namespace

extern "C" {

int32_t sg_memory_keep(int64_t range) {
    return guard([&] {
        static ArenaAllocator *installed = nullptr;
        if (installed == nullptr && arena().reserve(static_cast<size_t>(range))) {
            small_blocks = c10::GetCPUAllocator();
            installed = new ArenaAllocator;
            c10::SetCPUAllocator(installed, 1);
        }
    });
}

int32_t sg_memory_release(void) {
    return guard([&] { arena().release(); });
}

int32_t sg_memory_kept(int64_t *out) {
    return guard([&] { *out = static_cast<int64_t>(arena().kept()); });
}

} // extern "C"
