# SPDX-License-Identifier: Apache-2.0
# One fatbin of all kernels: machine code for each target, and PTX for what comes after them. The
# warnings are errors; the registers that ptxas reports are held against resources.txt.
find_program(NVCC nvcc HINTS $ENV{CUDA_HOME}/bin /usr/local/cuda/bin)
if(NOT NVCC)
  message(STATUS "nvcc: not found, so no fatbin; the kernels' tests on the CPU need none")
  return()
endif()
message(STATUS "nvcc: ${NVCC}")

set(TARGETS 75 80 86 89 90 100 120)
# A cubin runs on later GPUs of the same major number; PTX for 9.0 covers majors without one (11).
set(PTX 90)

file(GLOB KERNELS CONFIGURE_DEPENDS src/*.cu)
file(GLOB HEADERS CONFIGURE_DEPENDS include/*.cuh)
# One translation unit: seven targets then cost seven starts of the compiler, not seven a file.
set(ALL ${CMAKE_CURRENT_BINARY_DIR}/kernels.cu)
set(TEXT "")
foreach(kernel ${KERNELS})
  string(APPEND TEXT "#include \"${kernel}\"\n")
endforeach()
file(CONFIGURE OUTPUT ${ALL} CONTENT "${TEXT}" @ONLY)

set(GENCODE -gencode=arch=compute_${PTX},code=compute_${PTX})
foreach(target ${TARGETS})
  list(APPEND GENCODE -gencode=arch=compute_${target},code=sm_${target})
endforeach()

set(FATBIN ${CMAKE_CURRENT_BINARY_DIR}/kernels.fatbin)
set(REPORT ${CMAKE_CURRENT_BINARY_DIR}/resources.log)
add_custom_command(
  OUTPUT ${FATBIN} ${REPORT}
  COMMAND ${CMAKE_COMMAND} -E env bash -c
    "\"$@\" 2> '${REPORT}' || { grep -v '^ptxas info' '${REPORT}'; exit 1; }" nvcc
    ${NVCC} -std=c++17 -fatbin -I${CMAKE_CURRENT_SOURCE_DIR}/include -Werror all-warnings
    -Xptxas -v --threads 0 --compress-mode=size ${GENCODE} -o ${FATBIN} ${ALL}
  DEPENDS ${ALL} ${KERNELS} ${HEADERS}
  COMMENT "nvcc: all kernels for sm_75 to sm_120 and PTX"
  VERBATIM)
add_custom_target(fatbin ALL DEPENDS ${FATBIN})

add_test(NAME kernel_resources
  COMMAND ${CMAKE_COMMAND} -DREPORT=${REPORT} -DSTATED=${CMAKE_CURRENT_SOURCE_DIR}/resources.txt
    -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/resources.cmake)
