# Sets LIBTORCH_INCLUDE_DIRS, LIBTORCH_LIBRARIES, LIBTORCH_LIBRARY_DIR, LIBTORCH_DEFINITIONS or stops with the ways out.
set(_searched "")
set(_roots "")

if(DEFINED ENV{LIBTORCH} AND NOT "$ENV{LIBTORCH}" STREQUAL "")
  list(APPEND _roots "$ENV{LIBTORCH}")
elseif("$ENV{LIBTORCH_USE_PYTORCH}" STREQUAL "1")
  find_program(_python NAMES python3 python)
  if(_python)
    execute_process(
      COMMAND ${_python} -c "import os, importlib.util as u; print(os.path.dirname(u.find_spec('torch').origin))"
      OUTPUT_VARIABLE _torch_root ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE _python_status)
    if(_python_status EQUAL 0)
      list(APPEND _roots "${_torch_root}")
    endif()
  endif()
  list(APPEND _searched "the Python package `torch` (LIBTORCH_USE_PYTORCH=1)")
else()
  list(APPEND _roots "/usr" "/usr/local" "/opt/libtorch")
endif()

# A moved or exchanged libtorch must not be answered from the cache of an earlier run.
unset(LIBTORCH_INCLUDE CACHE)
unset(LIBTORCH_TORCH_CPU CACHE)
foreach(_root IN LISTS _roots)
  list(APPEND _searched "${_root}")
  find_path(LIBTORCH_INCLUDE NAMES ATen/core/dispatch/Dispatcher.h PATHS "${_root}/include" NO_DEFAULT_PATH)
  find_library(LIBTORCH_TORCH_CPU NAMES torch_cpu
    PATHS "${_root}/lib" "${_root}/lib/${CMAKE_LIBRARY_ARCHITECTURE}" "${_root}/lib/x86_64-linux-gnu" "${_root}/lib/aarch64-linux-gnu" "${_root}/lib64"
    NO_DEFAULT_PATH)
  if(LIBTORCH_INCLUDE AND LIBTORCH_TORCH_CPU)
    break()
  endif()
endforeach()

if(NOT LIBTORCH_INCLUDE OR NOT LIBTORCH_TORCH_CPU)
  list(JOIN _searched "\n  " _searched_text)
  message(FATAL_ERROR "libtorch was not found. Searched:\n  ${_searched_text}\n"
    "Ways out: install the package libtorch-dev (Debian, Ubuntu), or unpack libtorch and set LIBTORCH to its folder, "
    "or set LIBTORCH_USE_PYTORCH=1 to use the installed Python package torch.")
endif()

get_filename_component(LIBTORCH_LIBRARY_DIR "${LIBTORCH_TORCH_CPU}" DIRECTORY)
set(LIBTORCH_INCLUDE_DIRS "${LIBTORCH_INCLUDE}" "${LIBTORCH_INCLUDE}/torch/csrc/api/include")
find_library(_c10 NAMES c10 PATHS "${LIBTORCH_LIBRARY_DIR}" NO_DEFAULT_PATH NO_CACHE REQUIRED)
set(LIBTORCH_LIBRARIES "${LIBTORCH_TORCH_CPU}" "${_c10}")
set(LIBTORCH_DEFINITIONS "")

# CUDA code registers itself when its library is loaded; --as-needed would drop it, nothing here names its symbols.
find_library(_torch_cuda NAMES torch_cuda PATHS "${LIBTORCH_LIBRARY_DIR}" NO_DEFAULT_PATH NO_CACHE)
if(_torch_cuda)
  list(APPEND LIBTORCH_DEFINITIONS SG_WITH_CUDA)
  list(APPEND LIBTORCH_LIBRARIES "-Wl,--no-as-needed" "${_torch_cuda}" "-Wl,--as-needed")
endif()

# Wheels up to 2.5 were built with the old C++ ABI; the text of their CMake package says so.
file(GLOB_RECURSE _torch_config "${LIBTORCH_LIBRARY_DIR}/cmake/Torch/TorchConfig.cmake" "${LIBTORCH_INCLUDE}/../share/cmake/Torch/TorchConfig.cmake")
foreach(_config IN LISTS _torch_config)
  file(STRINGS "${_config}" _abi REGEX "_GLIBCXX_USE_CXX11_ABI=[01]")
  if("${_abi}" MATCHES "_GLIBCXX_USE_CXX11_ABI=([01])")
    list(APPEND LIBTORCH_DEFINITIONS "_GLIBCXX_USE_CXX11_ABI=${CMAKE_MATCH_1}")
  endif()
endforeach()

message(STATUS "libtorch: ${LIBTORCH_LIBRARY_DIR} (headers ${LIBTORCH_INCLUDE})")
