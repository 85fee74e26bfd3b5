package io.ml4t.storage.lock;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request for a set of slots, from its arrival to its end, and the future that the requester
 * waits on. One compare-and-set on the state decides between grant, cancellation, timeout and
 * close, so that what is granted reaches the requester or is given up, and is given up once.
 *
 * <p>However the future ends but by the grant, the claim leaves its queues before anything that
 * depends on the future runs.
 */
final class Claim extends CompletableFuture<Lease> {
  private enum State {
    WAITING,
    HELD,
    ENDED
  }

  private final QueuedKeyLocks locks;
  private final List<StorageKey> keys;
  private final long[] slots;
  private final @Nullable ClaimBytes bytes;
  private final String operation;
  private final String thread;
  private final long requestedNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final Instant requested;
  private volatile Instant granted;
  private volatile long grantedNanos;
  private volatile @Nullable Runnable cancelDeadline;
  private int polls;

  /** In how many queues this claim is not first. Guarded by {@link ClaimQueues}. */
  int queuesBehind;

  /**
   * A claim that stands in no queue yet.
   *
   * @param keys in order
   * @param slots of the keys, ascending, each once
   */
  Claim(
      QueuedKeyLocks locks,
      List<StorageKey> keys,
      long[] slots,
      @Nullable ClaimBytes bytes,
      String operation) {
    this.locks = locks;
    this.keys = keys;
    this.slots = slots;
    this.bytes = bytes;
    this.operation = operation;
    this.thread = nameOf(Thread.currentThread());
    this.requestedNanos = locks.timer().nanoTime();
    this.requested = locks.timer().instant();
    this.granted = requested;
  }

  private static String nameOf(Thread thread) {
    String name = thread.getName();
    return name.isEmpty() ? "#" + thread.getId() : name;
  }

  /** Whose claim this is. */
  QueuedKeyLocks owner() {
    return locks;
  }

  List<StorageKey> keys() {
    return keys;
  }

  long[] slots() {
    return slots;
  }

  String operation() {
    return operation;
  }

  String thread() {
    return thread;
  }

  /** For how long the claim has been waiting. */
  Duration waited() {
    return since(requestedNanos);
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(locks.timer().nanoTime() - nanos);
  }

  /** When the claim was granted or, while it waits, requested. */
  Instant since() {
    return isHeld() ? granted : requested;
  }

  boolean isHeld() {
    return state.get() == State.HELD;
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  /** Whether the lease is good. */
  boolean isValid() {
    return isHeld() && (bytes == null || bytes.isValid());
  }

  /** Whether, of all processes, this one is the next to have the slot it waits for. */
  boolean isNext() {
    return bytes != null && bytes.isNext();
  }

  /** The slot that another process holds. */
  long blockedAt() {
    return bytes == null ? slots[0] : bytes.blockedAt();
  }

  /** What to run when the claim need no longer wait. */
  void onSettled(Runnable cancelDeadline) {
    this.cancelDeadline = cancelDeadline;
  }

  void cancelDeadline() {
    Runnable cancel = cancelDeadline;
    if (cancel != null) {
      cancel.run();
    }
  }

  /** How often the claim has found a byte taken, this time included. */
  int countPoll() {
    return polls++;
  }

  /**
   * Grants the claim if its bytes are free. It must be first in all queues.
   *
   * @return whether it is settled: granted, failed or ended before; else a byte is taken
   */
  boolean tryGrant() {
    try {
      if (bytes == null || bytes.advance()) {
        grant();
      }
    } catch (Throwable e) {
      fail(() -> locks.failure(this, e));
    }
    return !isWaiting();
  }

  private void grant() {
    granted = locks.timer().instant();
    grantedNanos = locks.timer().nanoTime();
    if (state.compareAndSet(State.WAITING, State.HELD)) {
      locks.settled(this);
      if (!keys.isEmpty()) {
        locks.listener().lockGranted(operation, keys.size(), waited());
      }
      Lease lease = new ClaimLease(this);
      if (!super.complete(lease)) {
        lease.close();
      }
    }
  }

  /** Ends a granted claim. */
  void release() {
    if (state.compareAndSet(State.HELD, State.ENDED)) {
      QueuedKeyLocks.resume(leave());
      if (!keys.isEmpty()) {
        locks.listener().lockReleased(operation, keys.size(), since(grantedNanos));
      }
    }
  }

  /** Ends a claim that waits, if it still does. The reason is made up when nothing is held. */
  void fail(Supplier<StorageException> reason) {
    if (withdraw()) {
      if (!keys.isEmpty()) {
        locks.listener().lockRefused(operation, keys.size(), waited());
      }
      super.completeExceptionally(reason.get());
    }
  }

  /**
   * Ends a claim that was to be resumed, without resuming others.
   *
   * @return the claims that have thereby come first
   */
  List<Claim> refuse(StorageException reason) {
    if (!state.compareAndSet(State.WAITING, State.ENDED)) {
      return List.of();
    }
    List<Claim> first = leave();
    super.completeExceptionally(reason);
    return first;
  }

  private boolean withdraw() {
    boolean withdrawn = state.compareAndSet(State.WAITING, State.ENDED);
    if (withdrawn) {
      QueuedKeyLocks.resume(leave());
    }
    return withdrawn;
  }

  private List<Claim> leave() {
    locks.settled(this);
    if (bytes != null) {
      bytes.release();
    }
    return locks.leave(this);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    withdraw();
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean complete(Lease value) {
    withdraw();
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable reason) {
    withdraw();
    return super.completeExceptionally(reason);
  }
}
