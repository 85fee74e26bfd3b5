package io.ml4t.storage.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kept versions of one key, oldest first. Immutable.
 *
 * @param born the sequence of the first version that there ever was
 * @param entries at least one
 */
record KeyHistory(long born, List<Entry> entries) {

  static KeyHistory of(Entry first) {
    return new KeyHistory(first.sequence(), List.of(first));
  }

  Entry newest() {
    return entries.get(entries.size() - 1);
  }

  /** The version that was the newest at the commit, if it is kept. */
  @Nullable Entry at(long sequence) {
    int count = count(sequence);
    Entry entry = count == 0 ? null : entries.get(count - 1);
    return entry != null && entry.isNewestAt(Math.min(sequence, Entry.NEWEST - 1)) ? entry : null;
  }

  /** The first kept commit that is later than the time; the greatest long where there is none. */
  long firstAfter(long time) {
    for (Entry entry : entries) {
      if (entry.time() > time) {
        return entry.sequence();
      }
    }
    return Long.MAX_VALUE;
  }

  /** The versions up to the commit; null where there are none. */
  @Nullable KeyHistory until(long sequence) {
    int count = count(sequence);
    return count == 0 ? null : new KeyHistory(born, List.copyOf(entries.subList(0, count)));
  }

  /** The versions after the commit. */
  List<Entry> after(long sequence) {
    return entries.subList(count(sequence), entries.size());
  }

  /** With further versions, each of which replaces the one before. */
  KeyHistory with(List<Entry> next) {
    List<Entry> all = new ArrayList<>(entries);
    for (Entry entry : next) {
      all.set(all.size() - 1, all.get(all.size() - 1).replacedBy(entry));
      all.add(entry);
    }
    return new KeyHistory(born, List.copyOf(all));
  }

  void forEachFrame(Consumer<Entry.Frame> action) {
    for (Entry entry : entries) {
      if (entry.frame() != null) {
        action.accept(entry.frame());
      }
    }
  }

  private int count(long sequence) {
    int count = entries.size();
    while (count > 0 && entries.get(count - 1).sequence() > sequence) {
      count--;
    }
    return count;
  }
}
