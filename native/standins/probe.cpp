// probe LIBRARY ...: whether the libraries can be loaded in this order with every symbol found at once.
#include <cstdio>
#include <dlfcn.h>
#include <unistd.h>

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        if (!dlopen(arguments[i], RTLD_NOW | RTLD_LOCAL)) {
            std::fprintf(stderr, "%s\n", dlerror());
            return 1;
        }
    }
    _exit(0); // Nothing was started that would have to be ended in order.
}
