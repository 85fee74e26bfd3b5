package io.ml4t.storage.parquet;

/** The half precision of IEEE 754: a sign, 5 bits of exponent, 10 of fraction. */
final class Float16 {
  private Float16() {}

  /** The same number in single precision, which holds every half exactly. */
  static float toFloat(int half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 31;
    int fraction = half & 1023;
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
    }
    if (exponent == 0) {
      // Zero, or subnormal: a multiple of 2^-24.
      return Math.copySign(fraction * 0x1p-24f, sign == 0 ? 1f : -1f);
    }
    return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
  }
}
