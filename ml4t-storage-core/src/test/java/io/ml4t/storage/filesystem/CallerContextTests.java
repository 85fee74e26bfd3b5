package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerContextTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  /** Stands for a logging context, a trace or the user's identity. */
  private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

  @TempDir Path root;

  private static Runnable carryUser(Runnable task) {
    String user = USER.get();
    return () -> {
      String before = USER.get();
      USER.set(user);
      try {
        task.run();
      } finally {
        USER.set(before);
      }
    };
  }

  @AfterEach
  void forgetUser() {
    USER.remove();
  }

  private FileSystemStorage open(UnaryOperator<Runnable> decorator) {
    return FileSystemStorage.builder(root).taskDecorator(decorator).build();
  }

  @Test
  void callbacks_run_in_the_context_of_their_caller() {
    try (FileSystemStorage store = open(CallerContextTests::carryUser)) {
      USER.set("ann");
      CompletableFuture<String> transaction = store.transaction(tx -> USER.get());
      CompletableFuture<String> transactionAsync =
          store.transactionAsync(tx -> CompletableFuture.completedFuture(USER.get()));
      USER.set("bob");
      CompletableFuture<String> lock = store.withLock(AAPL, locked -> USER.get());
      CompletableFuture<String> lockAsync =
          store.withLockAsync(AAPL, locked -> CompletableFuture.completedFuture(USER.get()));

      assertThat(transaction.join()).isEqualTo("ann");
      assertThat(transactionAsync.join()).isEqualTo("ann");
      assertThat(lock.join()).isEqualTo("bob");
      assertThat(lockAsync.join()).isEqualTo("bob");
    }
  }

  @Test
  void what_depends_on_a_result_runs_in_the_context_of_the_caller_good_or_bad() throws Exception {
    HookedFiles files = new HookedFiles();
    CountDownLatch go = new CountDownLatch(1);
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .files(files)
            .taskDecorator(CallerContextTests::carryUser)
            .build()) {
      files.hook(
          (operation, file) -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      USER.set("ann");
      CompletableFuture<String> written =
          store.write(Bars.of(AAPL, 1, 1)).thenApply(key -> USER.get());
      USER.set("bob");
      CompletableFuture<String> failed =
          store.read(StorageKey.of("a", "b", "c")).handle((data, error) -> USER.get());
      USER.remove();
      go.countDown();

      assertThat(written.join()).isEqualTo("ann");
      assertThat(failed.join()).isEqualTo("bob");
    }
  }

  @Test
  void a_decorator_that_fails_in_a_callback_keeps_no_key_locked() {
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .taskDecorator(
                step -> {
                  if ("bad".equals(USER.get())) {
                    throw new IllegalStateException("no context");
                  }
                  return step;
                })
            .build()) {
      CompletableFuture<DataObject> locked =
          store.withLockAsync(
              AAPL,
              key -> {
                USER.set("bad");
                try {
                  return key.read();
                } finally {
                  USER.remove();
                }
              });

      assertThatThrownBy(locked.orTimeout(1, TimeUnit.MINUTES)::join)
          .hasRootCauseMessage("no context");
      assertThat(store.locks()).isEmpty();
    }
  }

  @Test
  void what_depends_on_a_step_of_a_callback_runs_in_the_context_of_its_caller() {
    Gate gate = new Gate();
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .files(gate.files())
            .inlineLimit(0)
            .readCache(0)
            .taskDecorator(CallerContextTests::carryUser)
            .build()) {
      store.write(Bars.of(AAPL, 1, 1)).join();
      gate.shut("read");
      USER.set("ann");
      CompletableFuture<String> transaction =
          store.transactionAsync(tx -> tx.read(AAPL).thenApply(data -> USER.get()));
      USER.set("bob");
      CompletableFuture<String> lock =
          store.withLockAsync(AAPL, locked -> locked.read().thenApply(data -> USER.get()));
      USER.remove();
      gate.awaitHeld();
      gate.open();

      assertThat(transaction.join()).isEqualTo("ann");
      assertThat(lock.join()).isEqualTo("bob");
    }
  }

  @Test
  void a_decorator_that_breaks_leaves_nobody_waiting() {
    UnaryOperator<Runnable> broken =
        task ->
            () -> {
              throw new IllegalStateException("broken");
            };
    try (FileSystemStorage store = open(broken)) {
      assertThat(store.write(Bars.of(AAPL, 1, 1)).join()).isEqualTo(AAPL);
      assertThatThrownBy(store.read(StorageKey.of("a", "b", "c"))::join).isNotNull();
    }
  }
}
