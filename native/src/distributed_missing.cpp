// For a libtorch that was built without c10d.
#include "common.h"

using sg::guard;

namespace {

int32_t missing() {
    return guard([] { throw std::runtime_error("libtorch was built without process groups"); });
}

} // namespace

extern "C" {

int32_t sg_store_create(const char *, int32_t, int32_t, int64_t, sg_store **) { return missing(); }
int32_t sg_store_prefix(sg_store *, const char *, sg_store **) { return missing(); }
void sg_store_free(sg_store *) {}
int32_t sg_store_port(sg_store *, int32_t *) { return missing(); }
int32_t sg_store_set(sg_store *, const char *, const char *) { return missing(); }
int32_t sg_store_set_first(sg_store *, const char *, const char *, char **) { return missing(); }
int32_t sg_store_get(sg_store *, const char *, char **) { return missing(); }
int32_t sg_store_check(sg_store *, const char *, int32_t *) { return missing(); }
int32_t sg_store_wait(sg_store *, const char *, int64_t) { return missing(); }
int32_t sg_store_add(sg_store *, const char *, int64_t, int64_t *) { return missing(); }
int32_t sg_group_create(sg_store *, int32_t, int32_t, int32_t, int64_t, const char *, const char *, sg_group **) { return missing(); }
void sg_group_free(sg_group *) {}
int32_t sg_group_all_reduce(sg_group *, sg_tensor *, sg_work **) { return missing(); }
int32_t sg_group_broadcast(sg_group *, sg_tensor *, int32_t, sg_work **) { return missing(); }
int32_t sg_work_wait(sg_work *, int64_t, int32_t *) { return missing(); }
void sg_work_free(sg_work *) {}

int32_t sg_distributed_available(int32_t, int32_t *out) {
    return guard([&] { *out = 0; });
}

} // extern "C"
