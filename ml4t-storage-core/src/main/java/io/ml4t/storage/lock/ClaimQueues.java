package io.ml4t.storage.lock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who claims each slot in this process, in the order of arrival. A claim joins the queues of all
 * its slots in one step, and owns them when it is first in all. As the oldest claim always is,
 * nobody waits in a circle; as nobody overtakes, nobody starves.
 */
final class ClaimQueues {
  private final Map<Long, LinkedHashSet<Claim>> queues = new HashMap<>();

  /**
   * Puts a claim at the end of its queues.
   *
   * @return whether it is first in all of them
   */
  synchronized boolean join(Claim claim) {
    for (long slot : claim.slots()) {
      Set<Claim> queue = queues.computeIfAbsent(slot, s -> new LinkedHashSet<>(4));
      if (!queue.isEmpty()) {
        claim.queuesBehind++;
      }
      queue.add(claim);
    }
    return claim.queuesBehind == 0;
  }

  /**
   * Takes a claim out of its queues, wherever it stands. Does nothing if it has left already.
   *
   * @return the claims that have thereby come first in all their queues, each reported once
   */
  synchronized List<Claim> leave(Claim claim) {
    List<Claim> first = new ArrayList<>();
    for (long slot : claim.slots()) {
      Set<Claim> queue = queues.get(slot);
      if (queue == null) {
        continue;
      }
      boolean wasFirst = queue.iterator().next() == claim;
      queue.remove(claim);
      if (queue.isEmpty()) {
        queues.remove(slot);
      } else if (wasFirst) {
        Claim next = queue.iterator().next();
        if (--next.queuesBehind == 0) {
          first.add(next);
        }
      }
    }
    return first;
  }

  /** What keeps a claim from its slots in this process, or null if it is first in all queues. */
  synchronized @Nullable Obstacle obstacle(Claim claim) {
    for (long slot : claim.slots()) {
      Set<Claim> queue = queues.get(slot);
      Claim first = queue == null ? claim : queue.iterator().next();
      if (first != claim) {
        return new Obstacle(slot, first);
      }
    }
    return null;
  }

  /** The claim that is first in the queue of a slot. */
  record Obstacle(long slot, Claim first) {}

  /** The queues, by slot. */
  synchronized Map<Long, List<Claim>> snapshot() {
    Map<Long, List<Claim>> snapshot = new HashMap<>();
    queues.forEach((slot, queue) -> snapshot.put(slot, List.copyOf(queue)));
    return snapshot;
  }

  synchronized boolean isEmpty() {
    return queues.isEmpty();
  }
}
