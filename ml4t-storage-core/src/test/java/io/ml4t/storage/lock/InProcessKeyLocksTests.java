package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class InProcessKeyLocksTests extends AbstractKeyLocksTests {

  @Override
  KeyLocks create(Executor executor) {
    return KeyLocks.inProcess(executor);
  }

  @Test
  void two_objects_do_not_exclude_each_other() {
    try (KeyLocks other = create(executor);
        Lease here = acquire(A).join();
        Lease there = other.acquire(List.of(A), LONG, "test").join()) {
      assertThat(here.isValid()).isTrue();
      assertThat(there.isValid()).isTrue();
    }
  }
}
