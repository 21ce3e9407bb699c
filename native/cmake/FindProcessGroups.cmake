# Sets PROCESS_GROUP_SOURCE and PROCESS_GROUP_DEFINITIONS to what this libtorch has of c10d, found out by trying: its headers name those of Gloo (Debian:
# libgloo-dev) and NCCL, which are not part of it and may be missing. The shim is built without what is missing.
include(CheckCXXSourceCompiles)

set(PROCESS_GROUP_DEFINITIONS "")
set(CMAKE_REQUIRED_INCLUDES ${LIBTORCH_INCLUDE_DIRS})
set(CMAKE_REQUIRED_LIBRARIES ${LIBTORCH_LIBRARIES})
set(CMAKE_REQUIRED_QUIET TRUE)
if(NOT MSVC)
  set(CMAKE_REQUIRED_LINK_OPTIONS "-Wl,--allow-shlib-undefined") # What libtorch's own libraries need, they find when they are loaded.
endif()

# Tried anew at every configuration: headers may have been installed since.
macro(sg_try_process_group NAME DEFINITION HEADER EXPRESSION)
  unset(${NAME} CACHE)
  set(CMAKE_REQUIRED_DEFINITIONS "")
  foreach(_definition IN LISTS LIBTORCH_DEFINITIONS PROCESS_GROUP_DEFINITIONS ITEMS ${DEFINITION})
    list(APPEND CMAKE_REQUIRED_DEFINITIONS "-D${_definition}")
  endforeach()
  check_cxx_source_compiles("#include <${HEADER}>\nint main() { return ${EXPRESSION} != nullptr ? 0 : 1; }\n" ${NAME})
  if(${NAME})
    list(APPEND PROCESS_GROUP_DEFINITIONS ${DEFINITION})
  endif()
  message(STATUS "${DEFINITION}: ${${NAME}}")
endmacro()

sg_try_process_group(SG_HAS_STORE SG_WITH_STORE torch/csrc/distributed/c10d/TCPStore.hpp "new c10d::TCPStore(\"localhost\")")
if(SG_HAS_STORE)
  set(PROCESS_GROUP_SOURCE src/distributed.cpp)
  sg_try_process_group(SG_HAS_GLOO USE_C10D_GLOO torch/csrc/distributed/c10d/ProcessGroupGloo.hpp "new c10d::ProcessGroupGloo(c10::intrusive_ptr<c10d::Store>(), 0, 1)")
  if("SG_WITH_CUDA" IN_LIST LIBTORCH_DEFINITIONS)
    sg_try_process_group(SG_HAS_NCCL USE_C10D_NCCL torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp "new c10d::ProcessGroupNCCL(c10::intrusive_ptr<c10d::Store>(), 0, 1)")
  endif()
else()
  set(PROCESS_GROUP_SOURCE src/distributed_missing.cpp)
endif()
