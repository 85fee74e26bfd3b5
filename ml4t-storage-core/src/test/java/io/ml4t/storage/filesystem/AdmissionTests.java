package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.StorageOverloadedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTests {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void endTimer() {
    timer.shutdown();
  }

  /** Room for 2 operations with 100 bytes, and a line of 2, with 250 in all. */
  private Admission room(Duration wait) {
    return new Admission(new Admission.Limits(2, 100, 2, 250, wait), timer, Runnable::run);
  }

  private static final class Call implements Admission.Waiter {
    private final long bytes;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

    Call(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return "call";
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void begin() {
      begun.complete(true);
    }

    @Override
    public void refuse(StorageOverloadedException reason) {
      begun.completeExceptionally(reason);
    }

    boolean hasBegun() {
      return begun.isDone() && !begun.isCompletedExceptionally();
    }

    StorageOverloadedException refusal() {
      return (StorageOverloadedException)
          begun.handle((value, error) -> error).thenApply(error -> error).join();
    }
  }

  private static Call enter(Admission room, long bytes) {
    Call call = new Call(bytes);
    room.enter(call);
    return call;
  }

  @Test
  void as_many_begin_as_there_is_room_for_and_the_others_in_the_order_they_came() {
    Admission room = room(Duration.ofHours(1));
    Call first = enter(room, 60);
    Call second = enter(room, 60);
    Call third = enter(room, 10);

    assertThat(first.hasBegun()).isTrue();
    assertThat(second.hasBegun()).isFalse();
    assertThat(third.hasBegun()).as("it would fit, but came later").isFalse();
    assertThat(room.use()).isEqualTo(new Admission.Use(1, 60, 2, 70));

    room.leave(first);
    assertThat(second.hasBegun()).isTrue();
    assertThat(third.hasBegun()).isTrue();
    Call fourth = enter(room, 0);
    assertThat(fourth.hasBegun()).as("two are under way").isFalse();
    room.leave(second);
    room.leave(third);
    room.leave(fourth);
    assertThat(room.use()).isEqualTo(new Admission.Use(0, 0, 0, 0));
  }

  @Test
  void one_that_is_larger_than_all_the_room_gets_in_alone() {
    Admission room = room(Duration.ofHours(1));
    Call first = enter(room, 1);
    Call giant = enter(room, 1_000);

    assertThat(giant.hasBegun()).isFalse();
    room.leave(first);
    assertThat(giant.hasBegun()).isTrue();
    assertThat(enter(room, 1).hasBegun()).isFalse();
  }

  @Test
  void a_full_line_refuses_at_once_and_says_how_full_it_is() {
    Admission room = room(Duration.ofHours(1));
    enter(room, 100);
    enter(room, 100);
    Call tooLarge = enter(room, 60);
    enter(room, 50);
    Call tooMany = enter(room, 0);

    assertThat(tooLarge.refusal())
        .satisfies(e -> assertThat(e.running()).isEqualTo(1))
        .satisfies(e -> assertThat(e.runningBytes()).isEqualTo(100))
        .satisfies(e -> assertThat(e.waiting()).isEqualTo(1))
        .satisfies(e -> assertThat(e.waitingBytes()).isEqualTo(100))
        .satisfies(e -> assertThat(e.waited()).isZero())
        .hasMessage(
            "Cannot take on 'call': waited 0 ms, while 1 operations with 100 bytes of frames were under way and 1 with 100 bytes waited; call more slowly, or raise the limits");
    assertThat(tooMany.refusal().waiting()).isEqualTo(2);
  }

  @Test
  void without_time_to_wait_nobody_waits() {
    Admission room = room(Duration.ZERO);
    enter(room, 100);

    assertThat(enter(room, 1).refusal().waiting()).isZero();
  }

  @Test
  void who_has_waited_for_too_long_is_refused_and_those_who_come_after_are_served() {
    Admission room = room(Duration.ofMillis(1));
    Call first = enter(room, 100);
    Call overdue = enter(room, 100);

    assertThat(overdue.refusal().waited()).isEqualTo(Duration.ofMillis(1));
    room.leave(first);
    assertThat(enter(room, 100).hasBegun()).isTrue();
    assertThat(enter(room, 100).refusal().waited()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void who_leaves_the_line_makes_way() {
    Admission room = room(Duration.ofHours(1));
    enter(room, 40);
    Call large = enter(room, 90);
    Call small = enter(room, 40);

    assertThat(room.withdraw(large)).isTrue();

    assertThat(small.hasBegun()).isTrue();
    assertThat(room.withdraw(large)).isFalse();
    assertThat(room.withdraw(small)).isFalse();
    assertThat(room.use()).isEqualTo(new Admission.Use(2, 80, 0, 0));
  }
}
