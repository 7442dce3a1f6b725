// SPDX-License-Identifier: Apache-2.0
//
// fp16's conversions, by the compiler's own type.
#include "../simt.hpp"

namespace simt {

uint16_t floatToHalf(float x) { return bitCast<uint16_t>(static_cast<_Float16>(x)); }
float halfToFloat(uint16_t bits) { return static_cast<float>(bitCast<_Float16>(bits)); }

}  // namespace simt
