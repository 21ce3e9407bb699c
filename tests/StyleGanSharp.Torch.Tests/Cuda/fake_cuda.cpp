// Stands in for NVRTC and the CUDA driver, in tests of what calls them: notes every call that matters, and refuses wrong ones.
#include <cstring>
#include <string>
#include <vector>

namespace {

std::string events;
std::string source, options, compile_log;
std::vector<std::string> modules(1);
int pushed = 0;
int capability = 90;

constexpr int INVALID = 1;
constexpr int COMPILATION_FAILED = 6;
constexpr long CONTEXT = 77;

void note(const std::string &text) { events += text + "\n"; }

std::string code() { return "code of " + source + " for " + options; }

} // namespace

extern "C" {

const char *fake_events() { return events.c_str(); }
void fake_capability(int value) { capability = value; }

int nvrtcVersion(int *major, int *minor) {
    *major = 12;
    *minor = 4;
    return 0;
}
int nvrtcGetNumSupportedArchs(int *count) {
    *count = 3;
    return 0;
}
int nvrtcGetSupportedArchs(int *known) {
    const int all[] = {70, 80, 90};
    std::memcpy(known, all, sizeof all);
    return 0;
}
const char *nvrtcGetErrorString(int status) { return status == COMPILATION_FAILED ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR"; }
int nvrtcCreateProgram(void **program, const char *text, const char *name, int headers, const char **, const char **) {
    source = text;
    note(std::string("create ") + name);
    *program = &source;
    return headers;
}
int nvrtcCompileProgram(void *program, int count, const char **given) {
    options.clear();
    for (int i = 0; i < count; ++i) {
        options += (i == 0 ? "" : " ") + std::string(given[i]);
    }
    note("compile " + options);
    compile_log = "line 3: nonsense";
    return program != &source ? INVALID : source.find("nonsense") == std::string::npos ? 0 : COMPILATION_FAILED;
}
int nvrtcGetProgramLogSize(void *, size_t *size) {
    *size = compile_log.size() + 1;
    return 0;
}
int nvrtcGetProgramLog(void *, char *text) {
    std::strcpy(text, compile_log.c_str());
    return 0;
}
int nvrtcGetCUBINSize(void *, size_t *size) {
    *size = code().size() + 1;
    return 0;
}
int nvrtcGetCUBIN(void *, char *target) {
    std::strcpy(target, code().c_str());
    return 0;
}
int nvrtcGetPTXSize(void *, size_t *size) {
    *size = code().size() + 5;
    return 0;
}
int nvrtcGetPTX(void *, char *target) {
    std::strcpy(target, ("PTX " + code()).c_str());
    return 0;
}
int nvrtcDestroyProgram(void **program) {
    note("destroy");
    *program = nullptr;
    return 0;
}

int cuInit(unsigned flags) { return static_cast<int>(flags); }
int cuDriverGetVersion(int *version) {
    *version = 12040;
    return 0;
}
int cuGetErrorString(int, const char **text) {
    *text = "the fake driver refused";
    return 0;
}
int cuDeviceGet(int *device, int index) {
    *device = index + 100;
    return 0;
}
int cuDeviceGetAttribute(int *value, int attribute, int device) {
    *value = attribute == 75 ? capability / 10 : capability % 10;
    return device < 100 || (attribute != 75 && attribute != 76) ? INVALID : 0;
}
int cuDevicePrimaryCtxRetain(void **context, int device) {
    note("retain " + std::to_string(device));
    *context = reinterpret_cast<void *>(CONTEXT);
    return 0;
}
int cuCtxPushCurrent_v2(void *context) {
    ++pushed;
    return context == reinterpret_cast<void *>(CONTEXT) ? 0 : INVALID;
}
int cuCtxPopCurrent_v2(void **context) {
    --pushed;
    *context = reinterpret_cast<void *>(CONTEXT);
    return 0;
}
int cuModuleLoadData(void **module, const void *image) {
    if (pushed != 1) {
        return INVALID;
    }
    note(std::string("load ") + static_cast<const char *>(image));
    modules.emplace_back(static_cast<const char *>(image));
    *module = reinterpret_cast<void *>(modules.size() - 1);
    return 0;
}
int cuModuleGetFunction(void **function, void *module, const char *name) {
    note(std::string("function ") + name);
    *function = module;
    return std::strcmp(name, "absent") == 0 ? INVALID : 0;
}
int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void *stream,
                   void **parameters, void **extra) {
    if (pushed != 1 || gy != 1 || gz != 1 || by != 1 || bz != 1 || extra != nullptr || reinterpret_cast<size_t>(function) >= modules.size()) {
        return INVALID;
    }
    long long first;
    float second;
    std::memcpy(&first, parameters[0], sizeof first);
    std::memcpy(&second, static_cast<char *>(parameters[0]) + sizeof first, sizeof second);
    note("launch " + std::to_string(gx) + " x " + std::to_string(bx) + ", shared " + std::to_string(shared) + ", stream " +
         std::to_string(reinterpret_cast<long>(stream)) + ", parameters " + std::to_string(first) + " " + std::to_string(second));
    return 0;
}
}
