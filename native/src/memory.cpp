// Main memory for tensors. The C library gives large blocks back to the system when they are freed, and every new one is
// paid for page by page: on picture-sized tensors that costs several times the operation itself. Here freed blocks are kept for the
// next tensor of about that size, and new ones ask for huge pages.
#include "common.h"
#include "compat.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <map>
#include <mutex>
#include <unordered_map>

#if defined(__linux__)
#include <sys/mman.h>
#endif

using sg::guard;

namespace {

constexpr size_t large = size_t(1) << 20;    // Smaller blocks are left to libtorch's own allocator.
constexpr size_t granule = size_t(2) << 20;  // A huge page.
constexpr size_t slack = 8;                  // A kept block serves requests down to 7/8 of its size.

class BlockCache {
  public:
    void *take(size_t bytes) {
        const size_t wanted = (bytes + granule - 1) / granule * granule;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            const auto found = free_.lower_bound(wanted);
            if (found != free_.end() && found->first - found->first / slack <= wanted) {
                void *block = found->second;
                cached_ -= found->first;
                live_.emplace(block, found->first);
                free_.erase(found);
                return block;
            }
        }
        void *block = reserve(wanted);
        if (block == nullptr) {
            release_all();
            block = reserve(wanted);
            if (block == nullptr) {
                return nullptr;
            }
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        live_.emplace(block, wanted);
        return block;
    }

    // False: the block is none of ours.
    bool give_back(void *block) noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = live_.find(block);
        if (found == live_.end()) {
            return false;
        }
        const size_t size = found->second;
        live_.erase(found);
        if (cached_ + size > limit_) {
            unreserve(block, size);
            return true;
        }
        try {
            free_.emplace(size, block);
            cached_ += size;
        } catch (...) { // No memory for the book-keeping: the block goes back to the system.
            unreserve(block, size);
        }
        return true;
    }

    void release_all() noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (const auto &entry : free_) {
            unreserve(entry.second, entry.first);
        }
        free_.clear();
        cached_ = 0;
    }

    void set_limit(size_t bytes) {
        const std::lock_guard<std::mutex> lock(mutex_);
        limit_ = bytes;
    }

    size_t cached() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return cached_;
    }

  private:
    static void *reserve(size_t bytes) noexcept {
#if defined(__linux__)
        // Aligned to a huge page by reserving one more and cutting off both ends.
        void *mapped = mmap(nullptr, bytes + granule, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) {
            return nullptr;
        }
        const auto address = reinterpret_cast<uintptr_t>(mapped);
        const uintptr_t aligned = (address + granule - 1) / granule * granule;
        if (aligned > address) {
            munmap(mapped, aligned - address);
        }
        if (const uintptr_t rest = address + granule - aligned) {
            munmap(reinterpret_cast<void *>(aligned + bytes), rest);
        }
        madvise(reinterpret_cast<void *>(aligned), bytes, MADV_HUGEPAGE); // A wish; ordinary pages do too.
        return reinterpret_cast<void *>(aligned);
#else
        (void)bytes;
        return nullptr;
#endif
    }

    static void unreserve(void *block, size_t bytes) noexcept {
#if defined(__linux__)
        munmap(block, bytes);
#else
        (void)block;
        (void)bytes;
#endif
    }

    std::mutex mutex_;
    std::multimap<size_t, void *> free_;
    std::unordered_map<void *, size_t> live_;
    size_t cached_ = 0;
    size_t limit_ = 0;
};

BlockCache &cache() {
    static auto *instance = new BlockCache; // Never destroyed: tensors may outlive static destructors.
    return *instance;
}

// libtorch wants one function that frees whatever this allocator gave out, knowing the address only (scratch memory of its
// convolutions comes through the raw interface). Our blocks begin at huge pages; hardly any other does.
c10::Allocator *small_blocks = nullptr;

void free_block(void *block) {
    if (reinterpret_cast<uintptr_t>(block) % granule != 0 || !cache().give_back(block)) {
        small_blocks->raw_deallocate(block);
    }
}

class CachingAllocator final : public c10::Allocator {
  public:
    c10::DataPtr allocate(size_t bytes) SG_ALLOCATE_CONST override {
        void *block = bytes < large ? nullptr : cache().take(bytes);
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

int32_t sg_memory_keep(int64_t limit) {
    return guard([&] {
#if defined(__linux__)
        cache().set_limit(static_cast<size_t>(limit));
        static CachingAllocator *installed = nullptr;
        if (installed == nullptr) {
            small_blocks = c10::GetCPUAllocator();
            installed = new CachingAllocator;
            c10::SetCPUAllocator(installed, 1);
        }
#else
        (void)limit;
#endif
    });
}

int32_t sg_memory_release(void) {
    return guard([&] { cache().release_all(); });
}

int32_t sg_memory_kept(int64_t *out) {
    return guard([&] { *out = static_cast<int64_t>(cache().cached()); });
}

} // extern "C"
