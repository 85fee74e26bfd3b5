package io.ml4t.storage.lock;

import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.LockAcquisitionException.Holder;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.lock.ClaimQueues.Obstacle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user's view of the queues, with or without a lock file behind them. */
final class QueuedKeyLocks implements KeyLocks {
  private static final long FIRST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The longest pause between two polls of a process that is next to have the key, or is not. */
  private static final long NEXT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private static final long OTHER_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(32);

  private final ClaimQueues queues;
  private final @Nullable LockFile file;
  private final Executor executor;
  private final LockTimer timer;
  private final ToLongFunction<StorageKey> slots;
  private final StorageListener listener;

  /** The claims of this user that wait. */
  private final Set<Claim> waiting = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  QueuedKeyLocks(
      ClaimQueues queues,
      @Nullable LockFile file,
      Executor executor,
      LockTimer timer,
      ToLongFunction<StorageKey> slots) {
    this(queues, file, executor, timer, slots, StorageListener.NONE);
  }

  QueuedKeyLocks(
      ClaimQueues queues,
      @Nullable LockFile file,
      Executor executor,
      LockTimer timer,
      ToLongFunction<StorageKey> slots,
      StorageListener listener) {
    this.queues = queues;
    this.file = file;
    this.executor = executor;
    this.timer = timer;
    this.slots = slots;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<Lease> acquire(
      Collection<StorageKey> keys, Duration timeout, String operation) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot lock " + keys + ": the timeout is negative: " + timeout);
    }
    List<StorageKey> ordered =
        keys.size() == 1 ? List.copyOf(keys) : List.copyOf(new TreeSet<>(keys));
    if (closed) {
      return CompletableFuture.failedFuture(closed(ordered));
    }
    Claim claim = claim(ordered, slotsOf(ordered), operation);
    boolean first = queues.join(claim);
    if (first && claim.tryGrant()) {
      return claim;
    }
    if (timeout.isZero()) {
      expire(claim);
      return claim;
    }
    await(claim, timeout);
    if (first) {
      pollLater(claim);
    }
    return claim;
  }

  private long[] slotsOf(List<StorageKey> keys) {
    if (keys.size() == 1) {
      return new long[] {slots.applyAsLong(keys.get(0))};
    }
    return keys.stream().mapToLong(slots).sorted().distinct().toArray();
  }

  private Claim claim(List<StorageKey> keys, long[] slots, String operation) {
    ClaimBytes bytes = file == null ? null : new ClaimBytes(file, slots);
    return new Claim(this, keys, slots, bytes, operation);
  }

  private void await(Claim claim, Duration timeout) {
    waiting.add(claim);
    claim.onSettled(
        timer.schedule(() -> expireLater(claim), TimeUnit.NANOSECONDS.convert(timeout)));
    if (closed) {
      claim.fail(() -> closed(claim.keys()));
    }
    if (!claim.isWaiting()) {
      // It was granted before there was a deadline to cancel.
      settled(claim);
    }
  }

  private void expireLater(Claim claim) {
    try {
      executor.execute(() -> expire(claim));
    } catch (RejectedExecutionException e) {
      expire(claim);
    }
  }

  private void expire(Claim claim) {
    Obstacle obstacle = queues.obstacle(claim);
    if (obstacle != null) {
      claim.fail(() -> refusal(claim, obstacle.slot(), holder(obstacle.first())));
    } else if (!claim.tryGrant()) {
      long slot = claim.blockedAt();
      claim.fail(() -> refusal(claim, slot, null));
    }
  }

  private Holder holder(Claim claim) {
    return new Holder(claim.thread(), claim.operation(), claim.since(), !claim.isHeld());
  }

  private LockAcquisitionException refusal(Claim claim, long slot, @Nullable Holder holder) {
    StorageKey key = keysOf(claim, slot).findFirst().orElseThrow();
    return new LockAcquisitionException(key, claim.waited(), holder);
  }

  private Stream<StorageKey> keysOf(Claim claim, long slot) {
    return claim.keys().stream().filter(key -> slots.applyAsLong(key) == slot);
  }

  /** Comes back to a claim that found a byte taken: ever later, and not in step with others. */
  private void pollLater(Claim claim) {
    long longest = claim.isNext() ? NEXT_POLL_NANOS : OTHER_POLL_NANOS;
    long pause = Math.min(longest, FIRST_POLL_NANOS << Math.min(claim.countPoll(), 5));
    timer.schedule(() -> resume(List.of(claim)), timer.jitter(pause));
  }

  /** Hands claims that are first in their queues to the executors of their owners. */
  static void resume(List<Claim> first) {
    ArrayDeque<Claim> ready = new ArrayDeque<>(first);
    for (Claim claim = ready.poll(); claim != null; claim = ready.poll()) {
      ready.addAll(claim.owner().advanceLater(claim));
    }
  }

  /** Returns the claims that come first because this one cannot go on. */
  private List<Claim> advanceLater(Claim claim) {
    try {
      executor.execute(() -> advance(claim));
      return List.of();
    } catch (RejectedExecutionException e) {
      return claim.refuse(
          new StorageClosedException(
              "Cannot lock " + claim.keys() + ": the executor takes no more tasks"));
    }
  }

  private void advance(Claim claim) {
    if (!claim.tryGrant()) {
      pollLater(claim);
    }
  }

  /** Takes a claim that has ended out of the queues; returns those that have come first. */
  List<Claim> leave(Claim claim) {
    List<Claim> first = queues.leave(claim);
    if (file != null) {
      file.closeIfUnused();
    }
    return first;
  }

  /** Forgets a claim that no longer waits. */
  void settled(Claim claim) {
    claim.cancelDeadline();
    waiting.remove(claim);
  }

  @Override
  public Optional<Lease> tryReserved(int slot, String operation) {
    Objects.checkIndex(slot, RESERVED_SLOTS);
    if (closed) {
      throw new StorageClosedException("Cannot take reserved slot " + slot + ": locks are closed");
    }
    Claim claim = claim(List.of(), new long[] {slot}, operation);
    if (!queues.join(claim) || !claim.tryGrant()) {
      claim.cancel(false);
      return Optional.empty();
    }
    try {
      return Optional.of(claim.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof StorageException reason ? reason : e;
    }
  }

  @Override
  public List<LockInfo> locks() {
    List<LockInfo> locks = new ArrayList<>();
    queues
        .snapshot()
        .forEach((slot, queue) -> queue.forEach(claim -> locks.addAll(describe(claim, slot))));
    locks.sort(Comparator.comparing(LockInfo::key));
    return locks;
  }

  private List<LockInfo> describe(Claim claim, long slot) {
    LockInfo.State state = claim.isHeld() ? LockInfo.State.HELD : LockInfo.State.AWAITED;
    return keysOf(claim, slot)
        .map(key -> new LockInfo(key, claim.operation(), state, claim.since(), claim.thread()))
        .toList();
  }

  LockTimer timer() {
    return timer;
  }

  /** Hears of claims on keys. */
  StorageListener listener() {
    return listener;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    waiting.forEach(claim -> claim.fail(() -> closed(claim.keys())));
    if (file != null) {
      file.leave();
    }
  }

  /** The error for a claim that met with another. */
  StorageException failure(Claim claim, Throwable cause) {
    return closed
        ? closed(claim.keys())
        : new StorageException("Cannot lock " + claim.keys() + " in " + file + ": " + cause, cause);
  }

  private static StorageException closed(List<StorageKey> keys) {
    return new StorageClosedException("Cannot lock " + keys + ": the locks are closed");
  }
}
