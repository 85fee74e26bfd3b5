package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartsTests {
  private final ExecutorService two = Executors.newFixedThreadPool(2);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    two.shutdown();
  }

  @Test
  void keeps_the_order_and_leaves_nulls_out() throws IOException {
    assertThat(Parts.look(two, numbers(10_000), n -> n % 3 == 0 ? n : null))
        .isEqualTo(numbers(10_000).stream().filter(n -> n % 3 == 0).toList());
  }

  @Test
  void one_part_is_looked_at_on_the_calling_thread_and_many_are_not() throws IOException {
    Parts.look(two, numbers(1_024), this::seen);
    assertThat(threads).containsExactly(Thread.currentThread());

    threads.clear();
    Parts.look(two, numbers(10_000), this::seen);
    assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
  }

  @Test
  void an_error_in_any_part_is_the_callers() {
    assertThatThrownBy(
            () ->
                Parts.look(
                    two,
                    numbers(10_000),
                    n -> {
                      if (n == 9_999) {
                        throw new IOException("it burns");
                      }
                      return n;
                    }))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("it burns");
  }

  private Integer seen(Integer number) {
    threads.add(Thread.currentThread());
    return number;
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
