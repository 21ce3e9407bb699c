# Sets CUDA_SOURCE, CUDA_HEADER_DIRS and CUDA_LIBRARIES_OF_LIBTORCH to what this libtorch has of streams and graphs, found out by trying: its headers
# name cuda_runtime_api.h, which is not part of it. No CUDA toolkit is needed for it: the Python packages that torch brings along carry that header. Nothing is
# linked but libtorch's own libraries. The shim is built without where something is missing.
set(CUDA_SOURCE src/cuda_missing.cpp)
set(CUDA_HEADER_DIRS "")
set(CUDA_LIBRARIES_OF_LIBTORCH "")

if("SG_WITH_CUDA" IN_LIST LIBTORCH_DEFINITIONS)
  get_filename_component(_packages "${LIBTORCH_LIBRARY_DIR}/../.." ABSOLUTE)
  file(GLOB _wheels "${_packages}/nvidia/cuda_runtime/include" "${_packages}/nvidia/cu*/include")
  unset(SG_CUDA_HEADERS CACHE)
  find_path(SG_CUDA_HEADERS NAMES cuda_runtime_api.h
    PATHS "$ENV{CUDA_HOME}/include" "$ENV{CUDA_PATH}/include" ${_wheels} "${LIBTORCH_INCLUDE}" /usr/local/cuda/include
          "$ENV{CONDA_PREFIX}/include" "$ENV{CONDA_PREFIX}/targets/x86_64-linux/include" /usr/include
    NO_DEFAULT_PATH)
  find_library(_torch_cuda_cpp NAMES torch_cuda_cpp PATHS "${LIBTORCH_LIBRARY_DIR}" NO_DEFAULT_PATH NO_CACHE) # Some 1.x have torch_cuda in parts.
  find_library(_c10_cuda NAMES c10_cuda PATHS "${LIBTORCH_LIBRARY_DIR}" NO_DEFAULT_PATH NO_CACHE)
  if(SG_CUDA_HEADERS AND _c10_cuda)
    if(_torch_cuda_cpp)
      list(APPEND _c10_cuda "${_torch_cuda_cpp}")
    endif()
    set(CMAKE_REQUIRED_INCLUDES ${LIBTORCH_INCLUDE_DIRS} "${SG_CUDA_HEADERS}")
    set(CMAKE_REQUIRED_LIBRARIES ${LIBTORCH_LIBRARIES} ${_c10_cuda})
    set(CMAKE_REQUIRED_DEFINITIONS "")
    foreach(_definition IN LISTS LIBTORCH_DEFINITIONS)
      list(APPEND CMAKE_REQUIRED_DEFINITIONS "-D${_definition}")
    endforeach()
    unset(SG_HAS_CUDA CACHE)
    check_cxx_source_compiles("#include <ATen/core/Tensor.h>\n#include <cuda.h>\n#include <ATen/cuda/CUDAGraph.h>\nint main() { at::cuda::CUDAGraph graph; return c10::cuda::getCurrentCUDAStream().stream() != nullptr ? 1 : 0; }\n" SG_HAS_CUDA)
    if(SG_HAS_CUDA)
      set(CUDA_SOURCE src/cuda.cpp)
      set(CUDA_HEADER_DIRS "${SG_CUDA_HEADERS}")
      set(CUDA_LIBRARIES_OF_LIBTORCH ${_c10_cuda})
    endif()
  endif()
  message(STATUS "CUDA streams and graphs: ${CUDA_SOURCE} (headers ${SG_CUDA_HEADERS})")
endif()
