package io.ml4t.storage.filesystem;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The kept versions of one key. Immutable: a further version shares the links to those before it,
 * so that it costs the same however many are kept.
 */
final class KeyHistory {
  /**
   * A version, and the way to those before it.
   *
   * @param count how many versions there are, this one included
   */
  private record Link(Entry entry, @Nullable Link older, int count) {
    static Link of(Entry entry, @Nullable Link older) {
      return new Link(entry, older, older == null ? 1 : older.count + 1);
    }
  }

  private final long born;
  private final Link newest;

  private KeyHistory(long born, Link newest) {
    this.born = born;
    this.newest = newest;
  }

  static KeyHistory of(Entry first) {
    return of(first.sequence(), List.of(first));
  }

  /**
   * A history of those versions.
   *
   * @param born the sequence of the first version that there ever was
   * @param entries oldest first, at least one
   */
  static KeyHistory of(long born, List<Entry> entries) {
    Link newest = Link.of(entries.get(0), null);
    for (Entry entry : entries.subList(1, entries.size())) {
      newest = Link.of(entry, newest);
    }
    return new KeyHistory(born, newest);
  }

  /** The sequence of the first version that there ever was. */
  long born() {
    return born;
  }

  /** How many versions are kept, at least 1. */
  int size() {
    return newest.count;
  }

  Entry newest() {
    return newest.entry;
  }

  /** The kept versions, oldest first. */
  List<Entry> entries() {
    return entriesAfter(Long.MIN_VALUE);
  }

  private List<Entry> entriesAfter(long sequence) {
    Link before = linkAt(sequence);
    Entry[] entries = new Entry[size() - (before == null ? 0 : before.count)];
    Link link = newest;
    for (int i = entries.length - 1; i >= 0 && link != null; i--, link = link.older) {
      entries[i] = link.entry;
    }
    return Collections.unmodifiableList(Arrays.asList(entries));
  }

  /** With a further version, which replaces the newest. */
  KeyHistory with(Entry next) {
    Entry replaced = newest.entry.replacedBy(next);
    return new KeyHistory(born, Link.of(next, Link.of(replaced, newest.older)));
  }

  /** With the versions of another history that are later than the commit. */
  KeyHistory withLater(KeyHistory other, long sequence) {
    KeyHistory all = this;
    for (Entry entry : other.entriesAfter(sequence)) {
      all = all.with(entry);
    }
    return all;
  }

  /** The version that was the newest at the commit, if it is kept. */
  @Nullable Entry at(long sequence) {
    Link link = linkAt(sequence);
    return link != null && link.entry.isNewestAt(Math.min(sequence, Entry.NEWEST - 1))
        ? link.entry
        : null;
  }

  /** The versions up to the commit, the last one not yet replaced; null where there are none. */
  @Nullable KeyHistory until(long sequence) {
    Link link = linkAt(sequence);
    return link == null ? null : new KeyHistory(born, Link.of(link.entry.asNewest(), link.older));
  }

  /** The versions after the commit, as if there had been none before; null where there are none. */
  @Nullable KeyHistory after(long sequence) {
    List<Entry> later = entriesAfter(sequence);
    return later.isEmpty() ? null : of(later.get(0).sequence(), later);
  }

  private @Nullable Link linkAt(long sequence) {
    Link link = newest;
    while (link != null && link.entry.sequence() > sequence) {
      link = link.older;
    }
    return link;
  }

  /** The first kept commit that is later than the time; the greatest long where there is none. */
  long firstAfter(long time) {
    long first = Long.MAX_VALUE;
    for (Link link = newest; link != null && link.entry.time() > time; link = link.older) {
      first = link.entry.sequence();
    }
    return first;
  }

  /** Whether any kept frame is such a one; newer ones are asked about first. */
  boolean anyFrame(Predicate<Entry.Frame> predicate) {
    for (Link link = newest; link != null; link = link.older) {
      if (link.entry.frame() != null && predicate.test(link.entry.frame())) {
        return true;
      }
    }
    return false;
  }

  void forEachFrame(Consumer<Entry.Frame> action) {
    for (Link link = newest; link != null; link = link.older) {
      if (link.entry.frame() != null) {
        action.accept(link.entry.frame());
      }
    }
  }
}
