package io.ml4t.storage.filesystem;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Commit times: microseconds since the epoch. */
final class Times {
  private Times() {}

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
